import Foundation
import Glibc
import Testing
import WaggleHost

/// A tour over HTTP past everything that takes or gives a secret, with each kind of credential and
/// with every log open; then nothing that was written may hold one of them.
struct SecretTourTests {
  /// Where the key comes from.
  enum Source: String, CaseIterable { case environment, keyFile, keyCommand, login }

  private static let secrets = [
    "hook-token-abcdefgh", "hook-secret-0123456789", "a-name-that-is-secret",
    "a-token-for-mcp-0123", "mcp-key-in-plain-words", "nested-pass-abcdefgh",
    "in-a-query-abcdefgh",
  ]

  private static let script = """
    let token = secret "hook-token-abcdefgh"
    let name = secret "a-name-that-is-secret"
    let named = deploy --name $name --variant-id scout-standard
    print ($named.name == (reveal $name))
    log $named.name $token $env.BEEOS_API_KEY
    "the text of a file" | write notes.txt
    let file = files upload notes.txt
    let copy = files download $file --to copy.txt
    print (read copy.txt) $copy.size
    let bee = bees | where connectivity == online | first
    let agent = agents list --instance-id $bee.id | first
    let terminal = runtime open-terminal $bee $agent.id
    log $terminal
    print (reveal $terminal.ticket)
    let params = {name: "x", token: "a-token-for-mcp-0123", apiKey: "mcp-key-in-plain-words"}
    let code = try { runtime call $bee "mcp/set" --params $params } catch e { log $e; $e.code }
    let task = tasks create $agent "[slow 10m] hi"
    let hook = tasks add-webhook $agent $task.task_id https://hooks.example/done --token $token --secret "hook-secret-0123456789"
    log $hook
    print (invoke $agent "[say I was told $(reveal $token)]").text
    invoke $agent "[say I was told $(reveal $token)]" --stream
    let refused = try {
      deploy --name x --variant-id none --config {password: "nested-pass-abcdefgh"}
    } catch e { log $e.message; $e.code }
    try { call POST "/api/v1/instances/$(reveal $token)/start" } catch e { log $e.message }
    print (call GET "/api/v1/instances?access_token=in-a-query-abcdefgh&pageSize=1" | count)
    print (try { call GET "/api/v1/nothing?sig=in-a-query-abcdefgh" } catch e { log $e; 0 })
    try { call POST /api/v1/nothing --body {secret: "hook-secret-0123456789"} } catch e { log $e }
    def deep(n) { deep ($n + 1) }
    try { deep 0 } catch e { log $e.kind }
    print done
    fail "it went wrong with $(reveal $token) and a-name-that-is-secret"
    """

  /// A person's folder, and a sandbox behind HTTP that takes a key of theirs.
  private struct Scene {
    let served: ServedSandboxTests.Served
    let home: String
    let key: String
    let address: String

    init(config: String) throws {
      served = try ServedSandboxTests.Served(["--port", "0", "--instances", "6"])
      home = NSTemporaryDirectory() + "waggle-tour-" + UUID().uuidString
      key = try #require(served.settings["BEEOS_API_KEY"])
      address = try #require(served.settings["BEEOS_API_URL"])
      try write(
        config.replacing("ADDRESS", with: address).replacing("HOME", with: home),
        to: ".config/waggle/config.toml")
      try write(key + "\n", to: "keys/mine")
    }

    func close() {
      served.run.signal(SIGTERM)
      try? FileManager.default.removeItem(atPath: home)
    }

    func write(_ text: String, to name: String) throws {
      let path = home + "/" + name
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      _ = FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    }

    /// Runs the program in the folder; gives its status and what it wrote.
    func run(
      _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) -> (status: Int32, output: String, error: String) {
      let (output, error) = (Screen(), Screen())
      let variables = environment.merging(["HOME": home, "PATH": "/usr/bin:/bin"]) { $1 }
      let host = Host(
        arguments: arguments, environment: { variables[$0] },
        streams: Streams(
          output: output.sink(isError: false), error: error.sink(isError: false),
          readInput: { Array(input.utf8) }),
        directory: home)
      let status = MainThread.run { host.run() }
      return (
        status, String(decoding: output.bytes, as: UTF8.self),
        String(decoding: error.bytes, as: UTF8.self)
      )
    }
  }

  private static func config(_ source: Source) -> String {
    let key =
      switch source {
      case .environment, .login: ""
      case .keyFile: "key-file = \"HOME/keys/mine\""
      case .keyCommand: "key-command = [\"cat\", \"HOME/keys/mine\"]"
      }
    return "[profiles.tour]\napi-url = \"ADDRESS\"\n\(key)\n"
  }

  @Test("no secret is in what was logged, traced or said", arguments: Source.allCases)
  func tour(source: Source) throws {
    let scene = try Scene(config: Self.config(source))
    defer { scene.close() }
    var environment: [String: String] = [:]
    if source == .environment { environment["BEEOS_API_KEY"] = scene.key }
    if source == .login {
      let login = scene.run(["login", "--profile", "tour"], input: scene.key + "\n")
      #expect(login.status == 0, "\(login.error)")
      #expect(!(login.output + login.error).contains(scene.key))
    }
    for format in ["text", "json"] {
      let end = scene.run(
        ["--profile", "tour", "-vv", "--log-format", format, "--trace", "calls.har", "-"],
        input: Self.script, environment: environment)
      let har = try String(contentsOfFile: scene.home + "/calls.har", encoding: .utf8)
      #expect(end.status == 1, "\(end.error.suffix(600))")
      #expect(end.output.hasSuffix("\ndone\n"), "\(end.error.suffix(600))")
      #expect(end.output.hasPrefix("true\n"), "a secret goes to the API as it is")
      let ticket = try #require(end.output.split(separator: "\n").first { $0.hasPrefix("eyJ") })
      #expect(!end.output.contains(scene.key))
      for path in ["/files/presign-upload", "/terminal-sessions", "/methods", "/invoke"] {
        #expect(har.contains(path) && end.error.contains(path), "\(path)")
      }
      #expect(har.contains(#"\"type\":\"delta\""#), "a stream's events are in the archive")
      #expect(end.error.contains("it went wrong with"))
      for secret in Self.secrets + [scene.key, String(ticket)] {
        #expect(!end.error.contains(secret), "\(source), \(format): \(secret)")
        #expect(!har.contains(secret), "\(source), \(format): \(secret)")
      }
      // Pieces of a reply that hold a secret together are not there either.
      #expect(!har.contains("abcdefgh") && !end.error.contains("abcdefgh"))
      let queries = har.matches(of: /storage\/[^"\\ ?]*\?([^"\\ ]*)/).map(\.output.1)
      #expect(!queries.isEmpty && queries.allSatisfy { $0 == "••••" }, "\(queries)")
    }
  }

  @Test(
    "a key that is refused is named by its place and not shown",
    arguments: [
      (Source.environment, "the key is that of BEEOS_API_KEY: set it to one that ADDRESS takes"),
      (
        .keyFile,
        "the key is that of the profile `tour`, in `~/keys/mine`: `waggle login --profile tour` stores another"
      ),
      (
        .keyCommand,
        "the key is what `key-command` of the profile `tour` prints: see to it that it prints one that ADDRESS takes"
      ),
      (
        .login,
        "the key is that of the profile `tour`, in `~/.config/waggle/keys/tour`: `waggle login --profile tour` stores another"
      ),
    ])
  func refused(source: Source, help: String) throws {
    let scene = try Scene(config: Self.config(source))
    defer { scene.close() }
    let wrong = "quiet-words-that-are-no-key"
    let place = source == .login ? ".config/waggle/keys/tour" : "keys/mine"
    try scene.write(wrong + "\n", to: place)
    let environment = source == .environment ? ["BEEOS_API_KEY": wrong] : [:]
    let end = scene.run(
      ["--profile", "tour", "-vv", "--trace", "calls.har", "-c", "bees"], environment: environment)
    let har = try String(contentsOfFile: scene.home + "/calls.har", encoding: .utf8)
    #expect(end.status == 3)
    let words = "  = help: " + help.replacing("ADDRESS", with: scene.address) + "\n"
    #expect(end.error.hasSuffix(words), "\(end.error)")
    #expect(end.error.contains("401 invalid_token"))
    #expect(!(end.error + end.output + har).contains(wrong))
  }
}

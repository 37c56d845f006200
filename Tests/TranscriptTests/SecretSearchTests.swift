import Foundation
import Glibc
import Testing

/// Uses every kind of secret against a sandbox over HTTP, with every log open, and looks for each.
struct SecretSearchTests {
  private static let secrets = [
    "config": "sk-config-0123456789abcdef", "provider": "a quiet pass of the provider",
    "token": "hook-token-abcdefgh", "secret": "hook-secret-0123456789",
    "signature": "s1gn4tur3-of-an-address",
  ]

  private static func script(_ secrets: [String: String]) -> String {
    """
    let settings = {apiKeys: {openai: "\(secrets["config"] ?? "")"}}
    let bee = deploy --name secretive --variant-id scout-standard --config $settings
    try {
      deploy --name x --variant-id scout-standard --provider-config {pass: "\(secrets["provider"] ?? "")"} --model-primary "\(secrets["config"] ?? "")" --bridge-id (1..40 | map "tooolong" | join "")
    } catch e { log $e.message }
    let upload = files presign-upload notes.txt --content-type text/plain
    print (reveal $upload.upload_url)
    log (reveal $upload.upload_url)
    log "the key is $env.BEEOS_API_KEY"
    print $upload
    let agent = agents list | first
    try {
      tasks add-webhook $agent task_1 "https://hooks.example/done?sig=\(secrets["signature"] ?? "")" --token (secret "\(secrets["token"] ?? "")") --secret "\(secrets["secret"] ?? "")"
    } catch e { log $e.message }
    print done
    fail "it went wrong with \(secrets["config"] ?? "") and \(secrets["token"] ?? "")"
    """
  }

  @Test("no secret is in a log, an archive or an error", arguments: ["text", "json"])
  func search(format: String) throws {
    let served = try ServedSandboxTests.Served(["--port", "0"])
    defer { served.run.signal(SIGTERM) }
    let archive = NSTemporaryDirectory() + "waggle-secrets-" + UUID().uuidString + ".har"
    defer { try? FileManager.default.removeItem(atPath: archive) }
    let end = try ProgramRun(
      ["-vv", "--log-format", format, "--trace", archive, "-"], script: Self.script(Self.secrets),
      environment: served.settings
    ).finish()
    let har = try String(contentsOfFile: archive, encoding: .utf8)
    let key = try #require(served.settings["BEEOS_API_KEY"])
    let address = try #require(end.output.split(separator: "\n").first.map(String.init))
    let signature = try #require(address.split(separator: "?").dropFirst().first.map(String.init))

    // All of it was really used, and what is no secret is there.
    #expect(end.output.contains("\ndone\n"), "\(end.error)")
    #expect(end.error.contains("it went wrong with"))
    for path in ["/api/v1/instances", "/api/v1/files/presign-upload", "/webhooks"] {
      #expect(har.contains(path) && end.error.contains(path), "\(path)")
    }
    #expect(har.contains("secretive") && end.error.contains("secretive"))

    for secret in Array(Self.secrets.values) + [key, address, signature] {
      #expect(!end.error.contains(secret), "\(secret)")
      #expect(!har.contains(secret), "\(secret)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: archive)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("an archive has what HAR 1.2 asks for, after an interrupt too")
  func archive() throws {
    let archive = NSTemporaryDirectory() + "waggle-har-" + UUID().uuidString + ".har"
    defer { try? FileManager.default.removeItem(atPath: archive) }
    let run = try ProgramRun(
      ["--sandbox", "--trace", archive, "-"],
      script: "print (bees --status running | count)\nlog ready\nsleep 1h\n")
    run.await("ready", from: run.error)
    run.signal(SIGKILL)
    _ = run.finish()
    let data = try Data(contentsOf: URL(filePath: archive))
    let whole = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let log = try #require(whole["log"] as? [String: Any])
    let entry = try #require((log["entries"] as? [[String: Any]])?.first)
    let request = try #require(entry["request"] as? [String: Any])
    let response = try #require(entry["response"] as? [String: Any])
    let content = try #require(response["content"] as? [String: Any])
    #expect(log["version"] as? String == "1.2")
    for field in ["startedDateTime", "time", "cache", "timings"] { #expect(entry[field] != nil) }
    let both = ["httpVersion", "cookies", "headers", "headersSize", "bodySize"]
    for field in both + ["method", "url", "queryString"] {
      #expect(request[field] != nil, "\(field)")
    }
    for field in both + ["status", "statusText", "redirectURL"] {
      #expect(response[field] != nil, "\(field)")
    }
    #expect(response["status"] as? Int == 200)
    #expect(content["mimeType"] as? String == "application/json")
    #expect((content["text"] as? String)?.contains("\"success\":true") == true)
    let query = try #require(request["queryString"] as? [[String: String]])
    #expect(query.contains(["name": "status", "value": "running"]))
  }
}

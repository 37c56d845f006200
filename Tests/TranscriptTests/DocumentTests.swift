import Foundation
import Testing
import WaggleCatalogue
import WaggleCheck
import WaggleHost
import WaggleRender

/// What the documentation shows is run: an example that no longer works is a failure.
struct DocumentTests {
  /// A text that is run on the sandbox.
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String

    var testDescription: String { name }
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func read(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The blocks of a page that are marked as Waggle.
  private static func blocks(of page: String) -> [Example] {
    var examples: [Example] = []
    var block: [Substring]?
    for (index, line) in read(page).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if line == "```waggle" {
        block = []
      } else if line == "```", let lines = block {
        examples.append(
          Example(
            name: "\(page):\(index + 1 - lines.count)", text: lines.joined(separator: "\n") + "\n"))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return examples
  }

  private static let pages = "Sources/waggle/waggle.docc/"

  private static let examples: [Example] =
    (["README.md"] + names(in: pages, ".md").map { pages + $0 }).flatMap(blocks(of:))

  private static func names(in folder: String, _ suffix: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted()
  }

  private static let runbooks: [Example] = names(in: "scripts/runbooks", ".waggle").map {
    Example(name: $0, text: read("scripts/runbooks/" + $0))
  }

  /// The example that each form of the language gives.
  private static let forms: [Example] = StatementTable.entries.map {
    Example(name: $0.word, text: $0.example + "\n")
  }

  /// The example that each command of the catalogue gives.
  private static let commands: [Example] = Catalogue.beeOS.groups.flatMap { group in
    Catalogue.beeOS.commands(of: group).map { Example(name: $0.command, text: $0.example) }
  }

  /// The ids of the operations of the contract.
  private static let operations = Catalogue.beeOS.groups.flatMap {
    Catalogue.beeOS.operations(of: $0).map(\.id)
  }

  /// The statuses with which the sandbox answered calls of an operation, as the log of calls has it.
  private static func answers(to operation: WaggleCatalogue.Operation, in lines: [String]) -> [Int]
  {
    let steps = operation.path.split(separator: "/")
    let call = #/"method":"(\w+)","path":"([^"]*)".*"status":(\d+)/#
    return lines.compactMap { line in
      guard let found = line.firstMatch(of: call), found.1 == operation.method else { return nil }
      let path = found.2.split(separator: "/")
      let isIt =
        path.count == steps.count && zip(path, steps).allSatisfy { $0 == $1 || $1.first == "{" }
      return isIt ? Int(found.3) : nil
    }
  }

  /// The example that each built-in command gives.
  private static let builtins: [Example] = Builtin.allCases.map {
    Example(name: $0.rawValue, text: BuiltinTable.entry($0).example)
  }

  private func run(
    _ example: Example, _ arguments: [String] = []
  ) -> (status: Int32, lines: [String]) {
    let screen = Screen()
    let host = Host(
      arguments: ["--sandbox", "--clock", "virtual", "--yes"]
        + (arguments.isEmpty ? ["-"] : arguments),
      environment: { _ in nil },
      streams: Streams(
        output: screen.sink(isError: false), error: screen.sink(isError: true),
        readInput: { Array(example.text.utf8) }),
      directory: Self.root.appending(path: "scripts/runbooks").path)
    let status = MainThread.run { host.run() }
    return (status, screen.lines)
  }

  @Test("an example of the README or of a page runs on the sandbox", arguments: examples)
  func example(_ example: Example) {
    let (status, lines) = run(example)
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
  }

  @Test("a runbook runs on the sandbox, the same every time", arguments: runbooks)
  func runbook(_ runbook: Example) {
    let first = run(runbook)
    #expect(first.status == 0, "\(first.lines.joined(separator: "\n"))")
    for _ in 0..<5 { #expect(run(runbook).lines == first.lines) }
  }

  @Test(
    "the example of a form runs on the sandbox, and nothing is said against it", arguments: forms)
  func form(_ form: Example) {
    let (status, lines) = run(form)
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
    #expect(!lines.contains { $0.contains("warning") }, "\(lines.joined(separator: "\n"))")
  }

  @Test(
    "a page of the reference says what the tables say",
    arguments: [
      ("Commands.md", HelpBook(.beeOS).reference), ("Errors.md", HelpBook.errors),
      ("Resilience.md", HelpBook.resilience),
    ])
  func reference(_ name: String, _ text: String) throws {
    if ProcessInfo.processInfo.environment["WAGGLE_ACCEPT"] != nil {
      let page = Self.root.appending(path: Self.pages + name)
      try text.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(Self.read(Self.pages + name) == text, "`scripts/accept` writes it anew")
  }

  @Test("the example of a command of the API runs on the sandbox", arguments: commands)
  func command(_ command: Example) {
    let (status, lines) = run(command, ["-c", command.text])
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
  }

  @Test(
    "the example of an operation calls it, and the sandbox does what it asks for",
    arguments: operations)
  func operation(_ id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    let example = Example(name: id, text: operation.example)
    let (_, lines) = run(example, ["-v", "--log-format", "json", "-c", example.text])
    // No agent can be deleted while its instance is there, says the contract.
    let wanted = id == "deleteAgent" ? 409 : operation.success.status
    let statuses = Self.answers(to: operation, in: lines)
    #expect(statuses.contains(wanted), "\(statuses): \(lines.joined(separator: "\n"))")
  }

  @Test("the example of a built-in command runs on the sandbox", arguments: builtins)
  func builtin(_ builtin: Example) {
    let answers = ["--answer", "region=us-east-1"]
    let (status, lines) = run(builtin, answers + ["-c", builtin.text])
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
  }

  @Test("there are examples and runbooks")
  func thereAreSome() {
    #expect(Self.operations.count == 71)
    #expect(Self.commands.count == 73)
    #expect(!Self.examples.isEmpty)
    #expect(!Self.runbooks.isEmpty)
  }
}

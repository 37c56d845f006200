import Foundation
import Testing
import WaggleCatalogue
import WaggleCheck
import WaggleHost

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

  private static let examples: [Example] = blocks(of: "README.md")

  private static let runbooks: [Example] = {
    let folder = root.appending(path: "scripts/runbooks").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".waggle") }.sorted().map {
      Example(name: $0, text: read("scripts/runbooks/" + $0))
    }
  }()

  /// The example that each operation of the catalogue gives.
  private static let operations: [Example] = Catalogue.beeOS.groups.flatMap { group in
    Catalogue.beeOS.operations(of: group).map { Example(name: $0.command, text: $0.example) }
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
      arguments: ["--sandbox", "--clock", "virtual"] + (arguments.isEmpty ? ["-"] : arguments),
      environment: { _ in nil },
      streams: Streams(
        output: screen.sink(isError: false), error: screen.sink(isError: true),
        readInput: { Array(example.text.utf8) }))
    let status = MainThread.run { host.run() }
    return (status, screen.lines)
  }

  @Test("an example of the README runs on the sandbox", arguments: examples)
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

  @Test("the example of an operation runs on the sandbox", arguments: operations)
  func operation(_ operation: Example) {
    let (status, lines) = run(operation, ["-c", operation.text])
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
  }

  @Test("the example of a built-in command runs on the sandbox", arguments: builtins)
  func builtin(_ builtin: Example) {
    let (status, lines) = run(builtin, ["-c", builtin.text])
    #expect(status == 0, "\(lines.joined(separator: "\n"))")
  }

  @Test("there are examples and runbooks")
  func thereAreSome() {
    #expect(Self.operations.count == 8)
    #expect(!Self.examples.isEmpty)
    #expect(!Self.runbooks.isEmpty)
  }
}

import Foundation
import Testing
import WaggleText

@testable import WaggleCheck

extension Explanation: CustomTestStringConvertible {
  package var testDescription: String { code }

  fileprivate var name: String { isMarkdown ? "test.md" : "test" }
}

@Suite("The table of explanations") struct ExplanationTests {
  @Test(arguments: ExplanationTable.all) func theWrongExampleGivesThisCodeAndNoOther(
    _ entry: Explanation
  ) {
    let checked = Checked(entry.wrong, name: entry.name, files: entry.files)
    // That there are too many errors is said behind those errors.
    let others: Set<String> = entry.code == "too-many-errors" ? ["stray-close"] : []
    #expect(Set(checked.codes).subtracting(others) == [entry.code], "\(checked.marked)")
  }

  @Test(arguments: ExplanationTable.all) func theRightExamplePassesInSilence(_ entry: Explanation) {
    #expect(Checked(entry.right, name: entry.name, files: entry.files).marked == "")
  }

  @Test func eachCodeStandsThereOnce() {
    let codes = ExplanationTable.all.map(\.code)
    #expect(codes.filter { code in codes.count { $0 == code } > 1 } == [])
  }

  @Test func theTableHasTheCodesOfAllFactoriesAndNoOther() throws {
    let codes = try Set(Self.factories().flatMap(Self.codes))
    #expect(codes.count > 100)
    #expect(codes.symmetricDifference(ExplanationTable.all.map(\.code)) == [])
  }

  /// The files of factories: `Diagnostic+Topic.swift` in every room.
  private static func factories() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return try (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.lastPathComponent.hasPrefix("Diagnostic+") }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  /// The codes in a file: the first argument of `error(` and `warning(`, the `code:` of a diagnostic.
  private static func codes(in text: String) -> [String] {
    let code = #/(?:error\(|warning\(|code:)\s*"([a-z]+(?:-[a-z]+)*)"/#
    return text.matches(of: code).map { String($0.1) }
  }
}

import Testing
import WaggleFormats

private func failure(_ pattern: String, on text: String = "") -> PatternError.Cause? {
  do throws(PatternError) {
    _ = try Pattern(pattern).matches(text)
    return nil
  } catch { return error.cause }
}

@Suite struct PatternTests {
  @Test(
    "a pattern matches any part of a text",
    arguments: [
      ("b", "abc", true), ("^b", "abc", false), ("^$", "", true), ("", "", true), ("x", "", false),
      ("^scout-[0-9]+$", "scout-12", true), ("^scout-[0-9]+$", "scout-", false),
      ("(?i)SCOUT", "a scout", true), ("^.$", "🐝", true), (#"^\w$"#, "é", true),
      ("^é$", "é", true), ("a\u{0}b", "a\u{0}b", true), ("^b", "a\nb", false),
      ("(?m)^b", "a\nb", true), (#"(.)\1"#, "bees", true),
    ])
  func matches(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    #expect(try Pattern(pattern).matches(text) == isMatch)
  }

  @Test("a match has the whole and each group, nil where one took no part")
  func groups() throws {
    let pattern = try Pattern("(?<name>[a-z]+)(-(?<number>[0-9]+))?")
    #expect(pattern.groupNames == [nil, "name", nil, "number"])
    #expect(try pattern.firstMatch(in: "§ scout-12")?.groups == ["scout-12", "scout", "-12", "12"])
    #expect(try pattern.firstMatch(in: "ada")?.groups == ["ada", "ada", nil, nil])
    #expect(try pattern.firstMatch(in: "42") == nil)
  }

  @Test("a pattern that is none says where and why")
  func invalid() throws {
    #expect(
      failure("a(b") == .invalid(offset: 3, reason: "missing closing parenthesis"))
    #expect(
      failure("é[a-")
        == .invalid(
          offset: 5, reason: "missing terminating ] for character class"))
    let error = #expect(throws: PatternError.self) { try Pattern("*a") }
    #expect(
      error?.message == "the pattern `*a` is not a regular expression: "
        + "quantifier does not follow a repeatable item, at byte 0")
  }

  @Test("a pattern that would search for ever ends in an error")
  func tooHard() {
    let text = String(repeating: "a", count: 40) + "!"
    guard case .tooHard = failure("(a+)+$", on: text) else {
      Issue.record("the search ended without the limit")
      return
    }
  }

  @Test("a long text and a simple repetition are within the limits")
  func longText() throws {
    let text = String(repeating: "ab", count: 50_000)
    #expect(try Pattern("^(?:a|b)*$").matches(text))
    #expect(try Pattern("b$").matches(text))
  }

  @Test("strands share a pattern")
  func shared() async throws {
    let pattern = try Pattern("^scout-([0-9]+)$")
    let wrong = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
      for number in 0..<200 {
        group.addTask {
          let match = try? pattern.firstMatch(in: "scout-\(number)")
          return match?.groups[1] == "\(number)"
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 0 : 1) }
    }
    #expect(wrong == 0)
  }
}

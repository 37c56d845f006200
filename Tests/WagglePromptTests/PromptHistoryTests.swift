import Testing
import WaggleEditor

@testable import WaggleHost

@Suite("the history of a prompt")
struct PromptHistoryTests {
  @Test("a hint is the rest of the newest line that begins alike")
  func hints() {
    let history = PromptHistory(nil)
    for line in ["print first", "print second", "let é = 1", "print second"] {
      _ = history.keep(line)
    }
    let rests = ["print ": "second", "print f": "irst", "let é": " = 1", "print second": nil]
    for (line, rest) in rests { #expect(history.rest(of: line) == rest) }
    #expect(history.rest(of: "p") == nil)
    #expect(history.rest(of: "  ") == nil)
  }

  @Test("a line that is the last one again, begins with a space or is empty is not kept")
  func kept() {
    let history = PromptHistory(nil)
    let kept = ["a", "a", " b", "", "b  ", "b", "a"].map { history.keep($0) }
    #expect(kept == [true, false, false, false, true, false, true])
    #expect(history.entries == ["a", "b", "a"])
  }

  @Test("trouble with the file is said, and lines are remembered all the same")
  func trouble() {
    let history = PromptHistory(.success(HistoryFile(path: "/dev/null/history")))
    #expect(history.trouble != nil)
    #expect(history.keep("print 1"))
    #expect(history.entries == ["print 1"])
  }
}

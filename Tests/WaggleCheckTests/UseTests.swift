import Testing

@testable import WaggleCheck

@Suite("Used files are bounded, and what is missing in one is said once") struct UseTests {
  @Test func filesThatUseOneAnotherInARowHaveAnEnd() {
    let files = (0..<2_000).map { number in
      (path: "c\(number).waggle", text: "use \"c\(number + 1).waggle\"\ndef f\(number)() { 1 }")
    }
    let checked = Checked("use \"c0.waggle\"\nprint (f0) (f1999)", files: files)
    #expect(checked.codes == ["nested-too-deep"])
    let few = Checked(
      "use \"c0.waggle\"\nprint (f0) (f39)",
      files: files[..<40] + [(path: "c40.waggle", text: "let last = 1")])
    #expect(few.marked == "")
  }

  @Test(arguments: [
    ("use \"none.waggle\"\nf $x\ny = 1", "unreadable-file"),
    ("use \"$x.waggle\"\nf $x\ny = 1", "use-path"),
    ("use \"torn.waggle\"\nf $x\ny = 1", "expected"),
  ]) func nothingIsSaidOfNamesThatMayHaveBeenThere(_ text: String, _ code: String) {
    #expect(Checked(text, files: [(path: "torn.waggle", text: "let z =")]).codes == [code])
  }

  @Test func ofALineThatCouldNotBeReadNoMoreIsSaid() {
    let files = [(path: "a.waggle", text: "let n = 1 +\ndef g( { }\nlet m = 1 + \"x\"")]
    let checked = Checked("use \"a.waggle\"\nprint $n", files: files)
    #expect(checked.codes == ["unexpected", "cannot-compute"])
  }

  @Test func aFileThatTwoOthersUseIsOneFile() {
    let files = [
      (path: "a.waggle", text: "use \"c.waggle\"\ndef a() { $many }"),
      (path: "b.waggle", text: "use \"./c.waggle\"\nuse \"a.waggle\"\ndef b() { $many + (a) }"),
      (path: "c.waggle", text: "let many = 3"),
    ]
    let checked = Checked("use \"b.waggle\"\nuse \"a.waggle\"\nprint (b) $many", files: files)
    #expect(checked.marked == "")
    #expect(checked.dump.split(separator: "\n").filter { $0.hasSuffix("= 3") }.count == 1)
  }

  @Test func whatAFunctionOfAFileReadsMustBeSetByThen() {
    let files = [(path: "a.waggle", text: "let n = 1\ndef up() { $n }\nlet m = up")]
    #expect(
      Checked("print (up)\nuse \"a.waggle\"\nprint $m", files: files).codes == ["read-before-set"])
    #expect(Checked("use \"a.waggle\"\nprint (up) $m", files: files).marked == "")
  }

  @Test func aVariableOfAFileThatIsChangedHereIsNotJudged() {
    let files = [(path: "a.waggle", text: "let n = 1")]
    #expect(
      Checked("use \"a.waggle\"\nn = \"x\"\nprint ($n + \"y\")", files: files).marked == "")
    #expect(
      Checked("use \"a.waggle\"\nprint ($n + \"y\")", files: files).codes == ["cannot-compute"])
  }

  @Test func aConditionOfAnyLengthIsJudgedInNoTime() {
    let texts = (0..<20_000).map { "\"x\($0)\"" }.joined(separator: ", ")
    let long = Checked("print (bees | where not status in [\(texts)])")
    #expect(long.codes.allSatisfy { $0 == "new-value" })
    let fields = "status desiredStatus connectivity osType agentFramework connectivityReason"
    let terms = fields.split(separator: " ").map { "\($0) == \"\"" }.joined(separator: " and ")
    #expect(Checked("print (bees | where \(terms))").marked == "")
  }
}

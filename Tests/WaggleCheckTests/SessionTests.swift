import Testing
import WaggleText

@testable import WaggleCheck

@Suite("A session keeps what its lines left") struct SessionTests {
  @Test func variablesFunctionsAndWhatIsKnownOfThem() {
    let session = Session()
    let lines: [(line: String, dump: String)] = [
      ("let l = bees", "%1 = (listInstances)"),
      ("$l | map name", "show (map %1 [%2: %2.name])"),
      ("def f(x) { return $l }", "def f(x: any) { return %%1 }"),
      ("f 1", "def f(x: any) { return %%1 }\nshow call 0(1)"),
      ("let l = 5", "def f(x: any) { return %%1 }\n%1 = 5"),
      ("l = \"a\"", "def f(x: any) { return %%1 }\n%1 = \"a\""),
      ("$l", "def f(x: any) { return %%1 }\nshow %1"),
    ]
    for (line, dump) in lines {
      #expect(Checked(line, mode: .shown, session: session).dump == dump)
    }
  }

  private static let files = [
    (path: "lib.waggle", text: "let many = 3\ndef twice(n: int) { $n * 2 }"),
    (path: "torn.waggle", text: "let x = \ndef f() { $x }"),
  ]

  private func codes(_ line: String, _ session: Session) -> [String] {
    Checked(line, mode: .shown, session: session, files: Self.files).codes
  }

  @Test func whatALineBroughtInIsThereForTheNextAndBroughtInOnce() {
    let session = Session()
    #expect(codes("use \"lib.waggle\"", session) == [])
    #expect(codes("twice $many", session) == [])
    #expect(codes("twice many", session) == ["wrong-type"])
    let again = Checked(
      "use \"lib.waggle\"; $many", mode: .shown, session: session, files: Self.files)
    #expect(again.dump.hasSuffix("\nshow %1"))
    #expect(!again.dump.contains("%1 = 3"))
    #expect(codes("def twice(n) { $n }", session) == [])
  }

  @Test func whatALineThatFailedBroughtInIsForgotten() {
    let session = Session()
    #expect(codes("use \"torn.waggle\"", session) == ["expected"])
    #expect(codes("f", session) == ["unknown-command"])
    #expect(codes("use \"lib.waggle\"; fail no", session) == [])
    session.failed { _ in false }
    #expect(codes("twice 1", session) == ["unknown-command"])
    #expect(codes("use \"lib.waggle\"; twice $many", session) == [])
  }

  @Test func aLineWithAnErrorLeavesNothing() {
    let session = Session()
    #expect(
      Checked("let x = 1; print $y", mode: .shown, session: session).codes == ["unknown-variable"])
    #expect(Checked("$x", mode: .shown, session: session).codes == ["unknown-variable"])
    #expect(session.variableNames == [])
  }

  @Test func aLeadingPipeGoesOnFromTheLastResult() {
    let session = Session()
    #expect(Checked("| first", mode: .shown, session: session).codes == ["no-last-result"])
    session.hadResult = true
    session.hasResult = true
    #expect(Checked("| first", mode: .shown, session: session).dump == "show (first %0)")
    session.hasResult = false
    #expect(Checked("| first", mode: .shown, session: session).codes == ["no-last-result"])
    #expect(Checked("$_ | first", mode: .shown, session: session).dump == "show (first %0)")
  }

  @Test func theLastResultIsKnownAndWhereItIsReadIsNoted() {
    let session = Session()
    _ = Checked("bees", mode: .shown, session: session)
    session.ended(withResult: true)
    #expect(
      Checked("| where stauts == running", mode: .shown, session: session).codes
        == ["unknown-field"])
    let read = Checked("| first; print $_ \"$_ is it\"", mode: .shown, session: session)
    #expect(read.codes == [])
    #expect(session.resultUses.map(\.isPipe) == [true, false, false])
    #expect(session.resultUses.map { Int($0.span.lower) } == [0, 16, 20])
    session.ended(withResult: false)
    #expect(Checked("| first", mode: .shown, session: session).codes == ["no-last-result"])
  }

  @Test func whatALineThatFailedDeclaredIsForgottenWhereItHasNoValue() {
    let session = Session()
    _ = Checked("let a = 1; let b = bees", mode: .shown, session: session)
    let slots = session.variables
    session.failed { $0 == slots.first?.slot }
    #expect(session.variableNames == ["a"])
    #expect(Checked("$a | where x == 1", mode: .shown, session: session).codes == [])
    #expect(session.forget("a"))
    #expect(!session.forget("a"))
    #expect(session.variableNames == [])
  }

  @Test func thePromptsOwnCommandsBelongToThePromptAndStandAlone() {
    #expect(Checked("vars").codes == ["prompt-command"])
    #expect(Checked("vars | first", mode: .shown, session: Session()).codes == ["prompt-command"])
    #expect(Checked("help").diagnostics.first?.message == "`help` belongs to the prompt")
  }

  @Test func whatIsShownAtTheTopIsNotDroppedAndInABlockItIs() {
    #expect(Checked("[1, 2]", mode: .shown).dump == "show [1, 2]")
    #expect(Checked("if true { 5 }", mode: .shown).dump == "show if true { 5 }")
    #expect(Checked("for x in [1] { $x }", mode: .shown).codes == ["dropped-value"])
  }
}

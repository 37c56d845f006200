import Testing

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

  @Test func whatIsShownAtTheTopIsNotDroppedAndInABlockItIs() {
    #expect(Checked("[1, 2]", mode: .shown).dump == "show [1, 2]")
    #expect(Checked("if true { 5 }", mode: .shown).dump == "show if true { 5 }")
    #expect(Checked("for x in [1] { $x }", mode: .shown).codes == ["dropped-value"])
  }
}

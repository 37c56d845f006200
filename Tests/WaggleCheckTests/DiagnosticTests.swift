import Testing

@testable import WaggleCheck

@Suite("What the checker says") struct DiagnosticTests {
  @Test func allOfABadFileAtOnceAndNothingTwice() {
    let checked = Checked(
      """
      let fleet = bees --stats running
      for bee in $flet {
        start $bee.idd
        wait $bee until stauts == running timeout 5
      }
      let old = bees | where (age .createdAt) > 1h and status == runing
      if $old { prnt "many" }
      deploy --name scout
      instances halt $old
      """)
    #expect(
      checked.marked == """
        let fleet = bees --stats running
                           ^^^^^ unknown-option: `instances list` has no option `--stats`; did you mean `--status`?
        for bee in $flet {
                    ^^^^ unknown-variable: there is no variable `$flet`; did you mean `$fleet`?
          wait $bee until stauts == running timeout 5
                                                    ^ wrong-type: `timeout` must be a duration, but is an int; write `5s` or `5m`
        let old = bees | where (age .createdAt) > 1h and status == runing
                                                                   ^^^^^^ unknown-value: `runing` is none of the values that are known here; did you mean `running`?
        if $old { prnt "many" }
            ^^^ not-a-condition: `if` needs a bool, not a list of Instance; write `(… | count) > 0`
                  ^^^^ unknown-command: there is no command `prnt`; did you mean `print`?
        deploy --name scout
        ^^^^^^ missing-option: `instances deploy` needs `--variant-id` or `--agent-framework`
        instances halt $old
                  ^^^^ unknown-action: `instances` has no action `halt`
        """)
  }

  @Test func aBrokenExpressionSaysNothingMore() {
    #expect(
      Checked("let x = $nowhere.a + 1\nif $x { print ($x | where y == z) }").codes == [
        "unknown-variable"
      ])
    #expect(Checked("let l = frobnicate\nfor x in $l { start $x.id }").codes == ["unknown-command"])
  }

  @Test(arguments: [
    "let x = 1 +* 2\nprint $x", "let l = bees | where status =\nprint $l", "let x = \"a",
    "def f(a,, b) { return $a }\nf 1", "param a: int = ]\nprint $a",
    "let x = for y in [1] { $y + }\nprint $x",
  ]) func whatTheParserCouldNotReadIsDeclaredAllTheSame(_ text: String) {
    #expect(Checked(text).codes.count == 1)
  }

  @Test func aVariableThatIsChangedSomewhereIsNotJudged() {
    #expect(
      Checked("let last = null\nfor b in (bees) { print $last?.nam; last = $b }").marked == "")
    #expect(Checked("let n = 0\nwhile $n < 3 { n = $n + 1 }").marked == "")
    #expect(
      Checked("let n = 0\nlet n = \"a\"\nprint $n\nprint ($n + \"b\")").codes == ["unused-variable"]
    )
  }

  @Test func thousandsOfMistakesAreCutShort() {
    let text = (1...2000).map { "print $missing\($0)" }.joined(separator: "\n")
    #expect(Checked(text).codes.count == 500)
  }

  static let limits: [(call: String, isRight: Bool)] = [
    ("deploy --variantId v --name \(String(repeating: "é", count: 128))", true),
    ("deploy --variantId v --name \(String(repeating: "é", count: 129))", false),
    ("deploy --variantId v --name n --systemPrompt \(String(repeating: "x", count: 8192))", true),
    ("deploy --variantId v --name n --systemPrompt \(String(repeating: "x", count: 8193))", false),
    ("deploy --agentFramework \(String(repeating: "x", count: 64)) --name n", true),
    ("deploy --agentFramework \(String(repeating: "x", count: 65)) --name n", false),
    ("deploy --variantId v --name n --models [\(String(repeating: "x", count: 128))]", true),
    ("deploy --variantId v --name n --models [a, \(String(repeating: "x", count: 129))]", false),
    ("print (bees --pageSize 200)", true),
    ("print (bees --pageSize 201)", false),
    ("start \(String(repeating: "x", count: 128))", true),
    ("start \(String(repeating: "x", count: 129))", false),
    ("start \"\"", false),
    ("start [a, \"\"]", false),
  ]

  @Test(arguments: limits) func aKnownValueIsHeldAgainstItsLimits(_ call: String, _ isRight: Bool) {
    #expect(Checked(call).codes == (isRight ? [] : ["out-of-limits"]))
  }
}

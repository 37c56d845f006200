import Testing
import WaggleValues

@Suite("The evaluator at work")
struct FirstTests {
  @Test(
    "scripts print what they should",
    arguments: [
      ("print 1", "1\n"),
      ("let x = 3\nprint ($x + 4) hi \"n=$x\"", "7 hi n=3\n"),
      ("let x = [1, 2, 3]\nfor i in $x { print $i }", "1\n2\n3\n"),
      ("let b = bees | where status == stopped | map name\nprint $b", "[\"bee-a\",\"bee-c\"]\n"),
      (
        "def fib(n) { if $n < 2 { return $n }\n (fib ($n - 1)) + (fib ($n - 2)) }\nprint (fib 15)",
        "610\n"
      ),
      (
        "let b = bees | where status == stopped | start | wait until status == running\nprint ($b | map id)",
        "[\"a\",\"c\"]\n"
      ),
    ])
  func prints(_ script: String, _ output: String) {
    #expect(Play(script).story == output)
  }
}

import Testing
import WaggleEval
import WaggleText
import WaggleValues

@Suite("Statements")
struct StatementTests {
  @Test(
    "do what language.md says",
    arguments: [
      ("for x, i in [a, b] { print $i $x }", "0 a\n1 b\n"),
      ("for k, v in {a: 1, b: 2} { print $k $v }", "a 1\nb 2\n"),
      ("for i in 3..5 { print $i }", "3\n4\n5\n"),
      ("for i in 5..3 { print $i }", ""),
      (
        "let x = for i in 1..5 { if $i == 2 { continue }\n if $i == 4 { break }\n $i * 10 }\nprint $x",
        "[10,30]\n"
      ),
      ("let n = 0\nwhile $n < 3 { n = $n + 1\n if $n == 2 { continue }\n print $n }", "1\n3\n"),
      ("let n = 0\nwhile true { n = $n + 1\n if $n > 3 { break } }\nprint $n", "4\n"),
      ("let x = if 1 > 2 { 'a' } else if 2 > 1 { 'b' } else { 'c' }\nprint $x", "b\n"),
      ("let x = if false { 1 }\nprint ($x == null)", "true\n"),
      (
        "def f(n) { for i in 1..10 { if $i == $n { return \"found $i\" } } }\nprint (f 3) (f 30)",
        "found 3 [null,null,null,null,null,null,null,null,null,null]\n"
      ),
      (
        "def f(a, b: int = 3, rest...) { print $a $b $rest }\nf 1\nf 1 2 4 5\nf 1 --b 7",
        "1 3 []\n1 2 [4,5]\n1 7 []\n"
      ),
      ("def f(a, b) { $a - $b }\nlet l = [10, 4]\nprint (f ...$l) (f ...{b: 1, a: 2})", "6 1\n"),
      ("def f(a, b = 5) { $b }\nprint (f 1) (f 1 9)", "5 9\n"),
      (
        "def even(n) { if $n == 0 { return true }\n odd ($n - 1) }\ndef odd(n) { if $n == 0 { return false }\n even ($n - 1) }\nprint (even 100)",
        "true\n"
      ),
      ("let total = 0\ndef add(n) { total = $total + $n }\nadd 3\nadd 4\nprint $total", "7\n"),
      ("let s = ''\nfor i in 1..3 { s = \"$s$i,\" }\nprint $s", "1,2,3,\n"),
      (
        "let l = []\nfor i in 1..3 { l = $l + [$i] }\nlet m = $l\nl = $l + [4]\nprint $l $m",
        "[1,2,3,4] [1,2,3]\n"
      ),
      ("let r = {}\nfor i in 1..2 { r = $r + {key: $i, j: 1} }\nprint $r", "{\"key\":2,\"j\":1}\n"),
      (
        "let r = {a: {b: {c: 8}}}\nfor i in 1..2 { print ($r.a.b.c + $i) ($r.a.b.c == 8) }",
        "9 true\n10 true\n"
      ),
      (
        "let l = [{a: {b: 1}, n: 1}, {n: 2, a: {b: 2}}]\nprint ($l | where a.b == 2 | map a.b) ($l | map n | sum) ($l | sum a.b)",
        "[2] 3 3\n"
      ),
      ("defer { print last }\ndefer { print first }\nprint body", "body\nfirst\nlast\n"),
      (
        "for i in 1..2 { defer { print \"end $i\" }\n if $i == 1 { continue }\n print $i }",
        "end 1\n2\nend 2\n"
      ),
      ("def f() { defer { print bye }\n return 5 }\nprint (f)", "bye\n5\n"),
      (
        "try { fail \"no luck\" } catch e { print $e.kind $e.message $e.at }",
        "fail no luck test:1:7\n"
      ),
      (
        "try { assert 1 > 2, \"one is not\" } catch e { print $e.kind $e.message }",
        "assert one is not\n"
      ),
      ("let x = try { fail oh } catch { 'saved' }\nprint $x", "saved\n"),
      ("try { fail oh }\nprint on", "on\n"),
      ("for i in 1..3 { try { if $i == 2 { break } } catch { }\n print $i }", "1\n"),
      ("let x = [1, (if true { 2 } else { 3 })]\nprint $x", "[1,2]\n"),
      ("def f() { let x = [1, (if true { return 7 })]\n $x }\nprint (f)", "7\n"),
    ])
  func story(_ script: String, _ output: String) {
    #expect(Play(script).story == output)
  }

  @Test(
    "end the run with the right kind and status",
    arguments: [
      ("fail \"no\"", "fail", 1), ("assert false, \"no\"", "assert", 1), ("exit 7", "exit", 7),
      ("exit", "exit", 0), ("timeout 1s { sleep 2s }", "timeout", 4),
      ("try { exit 3 } catch { print never }", "exit", 3),
      ("wait until 1 == 2 timeout 3s", "wait_timeout", 4),
      ("wait until 1 == 2 fail-if 2 == 2", "wait_failed", 5),
      ("def f(n) { f ($n + 1) }\nf 1", "depth", 1),
      (
        "def f(n) { for i in [1] { try { if true { f ($n + 1) } } catch { fail again } } }\nf 1",
        "fail", 1
      ),
      ("let s = 'ab'\nfor i in 1..60 { s = $s + $s }", "memory", 1),
      ("let l = []\nfor i in 1..600 { l = [$l] }", "value", 1),
    ])
  func ends(_ script: String, _ kind: String, _ status: Int) {
    let play = Play(script)
    #expect(play.diagnostics == [])
    #expect(play.fault?.kind == kind)
    #expect(play.fault?.exitStatus == status)
  }

  @Test("a recursion of thousands goes well")
  func deep() {
    #expect(
      Play("def down(n) { if $n == 0 { return 0 }\n 1 + (down ($n - 1)) }\nprint (down 200)").story
        == "200\n")
  }

  @Test("parameters of functions and scripts are checked")
  func types() {
    let script = "def f(n: int) { $n }\nparam x: any = hi\nprint (f $x)"
    #expect(Play(script).fault?.message == "`n` of `f` must be an int, but is `hi`")
    #expect(Play(script, parameters: [.int(3)]).story == "3\n")
    #expect(Play("param n: int\nprint $n").fault?.message == "the script needs `--n`")
    #expect(
      Play("param n: int = 2\nprint $n", parameters: [.text("x")]).fault?.message
        == "`--n` must be an int, but is `x`")
  }

  @Test("a fault's places are its spot and the calls that led there")
  func trace() throws {
    let script = "def a() { fail \"x\" }\ndef b() { a }\nb"
    let fault = try #require(Play(script).fault)
    #expect(fault.trace.map { Int($0.lower) } == [10, 31, 35])
  }

  @Test("a defer runs on the way out, and what it raises is noted")
  func deferred() throws {
    let play = Play("defer { fail \"second\" }\ndefer { print cleaned }\nfail \"first\"")
    let fault = try #require(play.fault)
    #expect(play.output == "cleaned\n")
    #expect(fault.message == "first")
    #expect(fault.also.map(\.message) == ["second"])
    #expect(Play("defer { fail \"only\" }\nprint on").story == "on\n! fail: only")
  }

  @Test("steps tell when they begin and end")
  func steps() {
    let play = Play("step \"one\" { sleep 2s }\ntry { step \"two\" { fail no } } catch { }")
    #expect(
      play.steps == ["begin one", "end one well after 2s", "begin two", "end two badly after 0s"])
  }

  @Test("keep-going runs every round and lists all failures")
  func keepGoing() {
    let play = Play("for i in 1..4 keep-going { if $i % 2 == 0 { fail \"no $i\" }\n print $i }")
    #expect(
      play.story
        == "1\n3\n! several: 2 rounds of the loop failed: round 1: no 2; round 3: no 4")
    #expect(play.fault?.exitStatus == 1)
  }
}

import Testing
import WaggleCheck
import WaggleEval
import WaggleTime
import WaggleValues

@Suite("Streams are walked once, item by item, and closed however the walk ends")
struct StreamTests {
  /// Runs a text whose `$s` is a stream.
  private func play(
    _ text: String, _ source: Trickle, cancel: (after: Int, reason: Cancellation)? = nil
  ) -> Play {
    Play("param s: any\n" + text, parameters: [.stream(Stream(source))], cancel: cancel)
  }

  @Test("an item is there for its round before the next one is waited for")
  func lazy() {
    let source = Trickle(3)
    let walk = play("for x, i in $s { print $i $x\n sleep 1s }\nprint done", source)
    #expect(walk.story == "0 1\n1 2\n2 3\ndone\n")
    #expect(walk.took == Duration(nanoseconds: 7_000_000_000))
    #expect(
      walk.keys == [
        "for#1/item[0]", "for#1[0]/sleep#1", "for#1/item[1]", "for#1[1]/sleep#1",
        "for#1/item[2]", "for#1[2]/sleep#1", "for#1/item[3]",
      ])
    #expect(source.isClosed)
  }

  @Test("as a value the loop brings the rounds' values together")
  func collected() {
    #expect(
      play("let all = for x in $s { $x * 10 }\nprint $all", Trickle(3)).story == "[10,20,30]\n")
    #expect(play("let all = for x in $s { $x }\nprint $all", Trickle(0)).story == "[]\n")
  }

  private static let ends: [(String, String, Int)] = [
    ("for x in $s { if $x == 2 { break } }\nprint out", "out\n", 2),
    ("def f(s) { for x in $s { if $x == 2 { return $x } } }\nprint (f $s)", "2\n", 2),
    ("for x in $s { if $x == 2 { fail no } }", "! fail: no", 2),
    (
      "try { timeout 2500ms { for x in $s { print $x } } } catch e { print $e.kind }",
      "1\n2\ntimeout\n", 2
    ),
    (
      "for x in $s keep-going { if $x == 1 { fail no } }",
      "! several: 1 round of the loop failed: round 0: no", 9
    ),
  ]

  @Test(
    "break, return, an error, a timeout and Ctrl-C close it, and no item is waited for behind them",
    arguments: ends)
  func closed(_ text: String, _ story: String, _ given: Int) {
    let source = Trickle(9)
    #expect(play(text, source).story == story)
    #expect(source.isClosed)
    #expect(source.given == given)
  }

  @Test("Ctrl-C ends a walk that waits, and closes it")
  func interrupted() {
    let source = Trickle(9)
    let walk = play("for x in $s { print $x }", source, cancel: (2_500_000_000, .interrupted))
    #expect(walk.output == "1\n2\n")
    #expect(walk.fault?.exitStatus == 130)
    #expect(source.isClosed)
  }

  @Test("a stream that fails ends the loop with its fault, which can be caught")
  func failing() {
    let source = Trickle(2, failure: Fault(.fail("cut")))
    let walk = play("try { for x in $s { print $x } } catch e { print $e.message $e.at }", source)
    #expect(walk.story == "1\n2\ncut test:2:17\n")
    #expect(source.isClosed)
  }

  @Test("a second walk says that there is none")
  func again() {
    let walk = play("for x in $s { break }\nfor x in $s { print $x }", Trickle(3))
    #expect(
      walk.fault?.message
        == "a stream can be walked once, and this one was walked before; "
        + "`for` as a value keeps what came, as in `let items = for item in … { $item }`")
  }

  @Test("one that nobody walks is closed when nobody holds it")
  func dropped() {
    let source = Trickle(3)
    #expect(play("print ($s == null)", source).story == "false\n")
    #expect(source.isClosed)
    #expect(source.given == 0)
  }

  @Test("a top-level stream of the prompt or of -c is shown item by item")
  func shown() {
    let source = Trickle(2)
    let show = Play(
      "param s: any\n$s", mode: .shown, parameters: [.stream(Stream(source))])
    #expect(show.story == "shown: 1\nshown: 2\n")
    #expect(
      show.keys == ["show#1/item[0]", "show#1[0]", "show#1/item[1]", "show#1[1]", "show#1/item[2]"])
    #expect(source.isClosed)
  }

  private static let walked = "a stream, which only `for` walks"
  private static let held =
    "what a list or a record holds must be a value that stays, but is " + walked
  private static let written =
    "what is written or made text of must be a value that is there as a whole, but is " + walked
  private static let sides = "; a stream can only be walked, by `for`"

  private static let misuses: [(String, String)] = [
    ("print $s", written), ("print \"a $s\"", written), ("log $s", written),
    ("print ($s | to json)", written), ("print ($s | to table)", written),
    ("table $s", written), ("$s | write out.json", written), ("fail $s", written),
    ("assert false, $s", written), ("step $s { }", written), ("print (text $s)", written),
    ("let t = \"x\"\nt = \"$t$s\"\nprint $t", written),
    ("print [$s]", held), ("print {a: $s}", held), ("print {a: $s, ...{}}", held),
    ("let l = []\nl = $l + [$s]\nprint $l", held),
    ("let l = for x in [1] { $s }\nprint $l", held),
    ("let l = for x in [1] parallel 2 { $s }\nprint $l", held),
    ("print ([1] | map ($s))", held),
    ("print ($s == 3)", "both sides of `==` must be of one kind, but are stream and int" + sides),
    (
      "print ($s == $s)",
      "both sides of `==` must be of one kind, but are stream and stream" + sides
    ),
    (
      "print ($s + 1)",
      "the sides of `+` must be two numbers, durations, texts, lists or records, or a time "
        + "and a duration, but are stream and int" + sides
    ),
    ("if $s { }", "a condition must be a bool, but is \(walked); compare it, as in `… != null`"),
    ("print ($s | first 3)", "the input of `first` must be a list, but is " + walked),
    ("print ($s | where . == 1)", "the input of `where` must be a list, but is " + walked),
    ("print ($s | count)", "the input of `count` must be a list or a record, but is " + walked),
    ("print $s.id", "only records have fields, and `.id` is asked of " + walked),
    ("print $s[0]", "only lists and records have `[…]`, and this is " + walked),
    ("exec echo $s", "an argument of a program must be a text, but is " + walked),
    ("print (instances get $s)", "`id` of `instances get` must be a text, but is " + walked),
    (
      "deploy --name x --agent-framework hermes --config {a: $s}", held
    ),
    (
      "for x in $s parallel 2 { print $x }",
      "`for … parallel` walks what is there as a whole, but this is a stream; a plain `for` "
        + "walks it, or brings its items together: `for item in … { $item }`"
    ),
  ]

  @Test(
    "nothing but a walk takes a stream",
    arguments: misuses)
  func refused(_ text: String, _ message: String) {
    let source = Trickle(3)
    let walk = play(text, source)
    #expect(walk.diagnostics == [])
    #expect(walk.fault?.message == message)
    #expect(walk.fault?.kind == "value" || walk.fault?.kind == "fail")
    #expect(source.given == 0)
    #expect(source.isClosed)
  }
}

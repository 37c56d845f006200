import Testing

@testable import WaggleCheck

/// What is wrong in a text, and what is right in the same text with one thing changed.
struct Twin: CustomTestStringConvertible, Sendable {
  let code: String
  let wrong: String
  let right: String

  init(_ code: String, _ wrong: String, _ right: String) {
    self.code = code
    self.wrong = wrong
    self.right = right
  }

  var testDescription: String { "\(code): \(wrong)" }
}

@Suite("Every code of the checker has a wrong text and a right one") struct TwinTests {
  static let names = [
    Twin("unknown-variable", "let bees = 1\nprint $bee", "let bees = 1\nprint $bees"),
    Twin("unknown-variable", "let n = 3\nprint ($n-1)", "let n = 3\nprint ($n - 1)"),
    Twin("unknown-variable", "total = 1", "let total = 0\ntotal = 1\nprint $total"),
    Twin("unknown-variable", "if true { let x = 1\nprint $x }\nprint $x", "let x = 1\nprint $x"),
    Twin(
      "name-outside", "let x = 1\nif true { let x = 2\nprint $x }\nprint $x",
      "let x = 1\nif true { x = 2 }\nprint $x"),
    Twin("name-taken", "let env = 1\nprint 1", "let environment = 1\nprint $environment"),
    Twin("name-taken", "def start(x) { print $x }", "def begin(x) { print $x }"),
    Twin("name-taken", "def unique(x) { print $x }", "def singular(x) { print $x }"),
    Twin("name-taken", "def instances() { print 1 }", "def machines() { print 1 }"),
    Twin("environment-alone", "print $env", "print $env.HOME"),
    Twin("no-last-result", "print $_", "let _ = 1\nprint 1"),
    Twin(
      "second-function", "def f() { print 1 }\ndef f() { print 2 }",
      "def f() { print 1 }\ndef g() { print 2 }"),
    Twin("second-parameter", "def f(a, a) { print $a }", "def f(a, b) { print $a $b }"),
    Twin("second-parameter", "param a\nparam a\nprint $a", "param a\nparam b\nprint $a $b"),
    Twin("parameter-is-flag", "param quiet\nprint $quiet", "param silent\nprint $silent"),
    Twin("parameter-is-flag", "param readOnly\nprint 1", "param readsOnly\nprint $readsOnly"),
    Twin("unknown-type", "def f(a: txt) { print $a }", "def f(a: text) { print $a }"),
    Twin("unused-variable", "let x = 1\nprint 2", "let _x = 1\nprint 2"),
    Twin("unused-variable", "param x", "param x\nprint $x"),
    Twin("unused-variable", "let x = 1\nprint 2", "let x = 1\ndef f() { return $x }"),
    Twin("unused-variable", "def f() { let x = 1 }", "def f() { let x = 1\nreturn $x }"),
    Twin(
      "read-before-set", "f\nlet x = 1\ndef f() { print $x }",
      "let x = 1\nf\ndef f() { print $x }"),
    Twin(
      "read-before-set", "f\nlet x = 1\ndef f() { g }\ndef g() { print $x }",
      "def f() { g }\nlet x = 1\ndef g() { print $x }\nf"),
  ]

  static let flow = [
    Twin("break-outside", "break", "while true { break }"),
    Twin("break-outside", "continue", "for x in [1] { print $x\ncontinue }"),
    Twin(
      "break-outside", "for x in [1] { f $x }\ndef f(x) { print $x\nbreak }",
      "for x in [1] { print $x\nbreak }"),
    Twin("return-outside", "return 1", "def f() { return 1 }"),
    Twin(
      "out-of-parallel", "for x in [1] parallel 2 { print $x\nbreak }",
      "for x in [1] parallel 2 { print $x\ncontinue }"),
    Twin(
      "out-of-parallel", "def f() { for x in [1] parallel 2 { return $x } }",
      "def f() { for x in [1] { return $x } }"),
    Twin("out-of-defer", "while true { defer { break } }", "while true { defer { print 1 } }"),
    Twin("unreachable", "exit 1\nprint 2", "print 2\nexit 1"),
    Twin("unreachable", "while true { break; print 2 }", "while true { print 2; break }"),
    Twin(
      "change-in-parallel", "let n = 0\nfor x in [1] parallel 2 { n = $n + $x }\nprint $n",
      "let n = 0\nfor x in [1] { n = $n + $x }\nprint $n"),
    Twin(
      "change-in-parallel",
      "let n = 0\ndef add(x) { n = $n + $x }\nfor x in [1] parallel 2 { add $x }\nprint $n",
      "let n = 0\ndef add(x) { n = $n + $x }\nfor x in [1] { add $x }\nprint $n"),
    Twin(
      "change-in-parallel",
      """
      let n = 0
      def add(x) { n = $n + $x }
      def twice(x) { add $x; add $x }
      for x in [1] parallel 2 { twice $x }
      print $n
      """,
      """
      let n = 0
      def add(x) { n = $n + $x }
      def twice(x) { add $x; add $x }
      for x in [1] { twice $x }
      print $n
      """),
    Twin(
      "change-in-parallel",
      "for x in [1] parallel 2 { let n = 0\nfor y in [1] parallel 2 { n = $y } }",
      "for x in [1] parallel 2 { let n = 0\nn = $x\nprint $n }"),
    Twin("dropped-value", "[1, 2]", "print [1, 2]"),
    Twin("dropped-value", "(1 + 2)", "print (1 + 2)"),
    Twin("dropped-value", "[1, 2] | count", "print ([1, 2] | count)"),
    Twin("dropped-value", "if true { 5 }", "let x = if true { 5 } else { 6 }\nprint $x"),
    Twin("dropped-value", "def f() { 1; 2 }", "def f() { print 1; 2 }"),
    Twin("dropped-value", "for x in [1] { $x }", "let l = for x in [1] { $x }\nprint $l"),
    Twin("dropped-value", "while true { now }", "while true { print (now) }"),
    Twin("dropped-answer", "instances list", "print (instances list)"),
    Twin("two-names", "for x in {a: 1} { print $x }", "for k, v in {a: 1} { print $k $v }"),
    Twin("cannot-walk", "for x in 3 { print $x }", "for x in 1..3 { print $x }"),
    Twin(
      "out-of-limits", "for x in [1] parallel 0 { print $x }",
      "for x in [1] parallel 1 { print $x }"),
    Twin("out-of-limits", "limit changes -1", "limit changes 0"),
  ]

  static let values = [
    Twin("no-subject", "print (.name == a)", "print ([{name: a}] | where .name == a)"),
    Twin(
      "bare-word", "if status == running { print 1 }",
      "let status = \"running\"\nif $status == running { print 1 }"),
    Twin("bare-word", "let x = 1\nif x == 1 { print 1 }", "let x = 1\nif $x == 1 { print 1 }"),
    Twin(
      "bare-word", "print (bees | map totalRunSeconds + totalRunSeconds)",
      "print (bees | map totalRunSeconds + .totalRunSeconds)"),
    Twin("bare-word", "let r = {a: 1}\nprint $r[a]", "let r = {a: 1}\nprint $r[\"a\"]"),
    Twin(
      "word-is-field", "print (bees | where status != desiredStatus)",
      "print (bees | where status != .desiredStatus)"),
    Twin("word-is-field", "print (bees | map {n: name})", "print (bees | map {n: .name})"),
    Twin("unknown-field", "print (bees | where stauts == a)", "print (bees | where region == a)"),
    Twin("unknown-field", "print ((bees | first).nam)", "print ((bees | first).name)"),
    Twin("unknown-field", "let r = {a: 1}\nprint $r.b", "let r = {a: 1}\nprint $r?.b"),
    Twin("unknown-field", "let r = {a: 1}\nprint $r[\"b\"]", "let r = {a: 1}\nprint $r[\"a\"]"),
    Twin("unknown-field", "print (bees | select id nam)", "print (bees | select id name)"),
    Twin(
      "unknown-field", "wait instance_1 until running", "wait instance_1 until status == running"),
    Twin(
      "unknown-field", "try { print 1 } catch e { print $e.massage }",
      "try { print 1 } catch e { print $e.message }"),
    Twin("no-fields", "print (bees).name", "print (bees)[0].name"),
    Twin("no-fields", "let n = 1\nprint $n.x", "let n = {x: 1}\nprint $n.x"),
    Twin("no-index", "let n = 1\nprint $n[0]", "let n = [1]\nprint $n[0]"),
    Twin("second-key", "print {a: 1, a: 2}", "print {a: 1, b: 2}"),
    Twin("unreadable-literal", "print (99999999999999999999)", "print (999999999999999999)"),
    Twin("unreadable-literal", "sleep 999999999d", "sleep 99d"),
    Twin(
      "not-a-time", "print (bees | where createdAt > 2026-05-14)",
      "print (bees | where createdAt > \"2026-05-14T00:00:00Z\")"),
    Twin("not-a-time", "print (age yesterday)", "print (age \"2026-05-14T00:00:00Z\")"),
    Twin(
      "unknown-value", "print (bees | where status == runing)",
      "print (bees | where status == running)"),
    Twin(
      "unknown-value", "print (bees | where status in [running, stoped])",
      "print (bees | where status in [running, stopped])"),
    Twin("unknown-value", "print (bees --status runing)", "print (bees --status running)"),
    Twin(
      "unknown-value", "try { print 1 } catch e { print ($e.kind == \"wait-failed\") }",
      "try { print 1 } catch e { print ($e.kind == \"wait_failed\") }"),
    Twin(
      "wrong-type", "wait instance_1 until ready timeout 5",
      "wait instance_1 until ready timeout 5s"),
    Twin("wrong-type", "timeout ten { print 1 }", "timeout 10s { print 1 }"),
    Twin("wrong-type", "def f(n: int) { print $n }\nf two", "def f(n: int) { print $n }\nf 2"),
    Twin("wrong-type", "param n: int = two\nprint $n", "param n: int = 2\nprint $n"),
    Twin("wrong-type", "start [[a]]", "start [a, b]"),
    Twin("wrong-type", "let l = [1]\nprint $l[\"a\"]", "let l = [1]\nprint $l[0]"),
    Twin(
      "not-a-condition", "let l = [1]\nif $l { print 1 }",
      "let l = [1]\nif ($l | count) > 0 { print 1 }"),
    Twin("not-a-condition", "print (bees | where status)", "print (bees | where isTrial)"),
    Twin("not-a-condition", "print (true and 1)", "print (true and null)"),
    Twin("not-a-condition", "print (not \"\")", "print (not true)"),
    Twin("cannot-compute", "print (\"a\" + 1)", "print (\"a\" + \"1\")"),
    Twin("cannot-compute", "print (1h + 1)", "print (1h + 1s)"),
    Twin("cannot-compute", "let t = true\nprint (-($t))", "let t = 1\nprint (-($t))"),
    Twin(
      "cannot-compare", "print (bees | where totalRunSeconds == many)",
      "print (bees | where totalRunSeconds == 5)"),
    Twin("cannot-compare", "print (1 < 1s)", "print (1s < 2s)"),
    Twin("cannot-compare", "print (1 in 5)", "print (1 in [5])"),
    Twin("cannot-compare", "let n = 1\nprint ($n =~ \"a\")", "print (\"b\" =~ \"a\")"),
  ]

  static let commands = [
    Twin("unknown-command", "let x = stopped\nprint $x", "let x = \"stopped\"\nprint $x"),
    Twin("unknown-command", "prnt 1", "print 1"),
    Twin(
      "unknown-command", "let x = [1]\nlet y = (x)\nprint $x $y",
      "let x = [1]\nlet y = ($x)\nprint $y"),
    Twin("unknown-command", "print (bees | uniq name)", "print (bees | group name)"),
    Twin(
      "command-or-variable", "let bees = 1\nlet y = bees\nprint $bees $y",
      "let bees = 1\nlet y = $bees\nprint $y"),
    Twin("missing-action", "instances", "print (instances list)"),
    Twin("unknown-action", "instances halt instance_1", "instances stop instance_1"),
    Twin("missing-format", "print (1 | to)", "print (1 | to json)"),
    Twin("unknown-format", "print (1 | to xml)", "print (1 | to json)"),
    Twin("unknown-option", "print (bees --stats running)", "print (bees --Status running)"),
    Twin("unknown-option", "print --x", "print \"--x\""),
    Twin(
      "second-option", "print (bees --status running --status stopped)",
      "print (bees --status running)"),
    Twin("missing-value", "print (bees --status)", "print (bees --status running)"),
    Twin("missing-option", "deploy --variantId v", "deploy --variantId v --name n"),
    Twin("missing-option", "deploy --name n", "deploy --name n --agent-framework f"),
    Twin(
      "missing-option", "let o = {name: n}\ndeploy ...$o",
      "let o = {name: n, variantId: v}\ndeploy ...$o"),
    Twin("cannot-spread", "let o = {a: 1}\nprint ...$o", "let o = [1]\nprint ...$o"),
    Twin("cannot-spread", "let o = 5\nprint ...$o", "let o = [5]\nprint ...$o"),
    Twin("cannot-spread", "let l = [a]\nstart ...$l", "let l = [a]\nstart $l"),
    Twin("too-many-arguments", "start a b", "start [a, b]"),
    Twin("too-many-arguments", "print (now 1)", "print (now)"),
    Twin("too-many-arguments", "def f(a) { print $a }\nf 1 2", "def f(a...) { print $a }\nf 1 2"),
    Twin("missing-argument", "start", "start a"),
    Twin("missing-argument", "def f(a) { print $a }\nf", "def f(a = 1) { print $a }\nf"),
    Twin("missing-argument", "print ([{a: 1}] | select)", "print ([{a: 1}] | select a)"),
    Twin(
      "takes-no-input", "[{name: n}] | deploy --name n --variantId v",
      "deploy --name n --variantId v"),
    Twin("missing-input", "print (first)", "print (first [1])"),
    Twin("missing-input", "print (count)", "print ([1] | count)"),
    Twin("wrong-input", "print (1 | first)", "print ([1] | first)"),
    Twin("wrong-input", "sleep 5", "sleep 5s"),
    Twin("wrong-input", "print (5 | where . == 1)", "print ([5] | where . == 1)"),
    Twin(
      "field-name", "let f = \"a\"\nprint ([{a: 1}] | select $f)", "print ([{a: 1}] | select \"a\")"
    ),
    Twin("missing-condition", "print ([1] | where)", "print ([1] | where . > 0)"),
    Twin("out-of-limits", "print ([1] | first -1)", "print ([1] | first 1)"),
    Twin("out-of-limits", "print (bees --limit -1)", "print (bees --limit 0)"),
    Twin("cannot-wait", "let n = 5\nwait $n until ready", "wait instance_5 until ready"),
    Twin(
      "cannot-wait", "bees | select id name | wait until ready",
      "bees | where name == x | wait until ready"),
    Twin(
      "cannot-wait", "bees | map {id: .id} | wait until ready",
      "bees | map id | wait until ready"),
    Twin(
      "cannot-wait", "let x = {id: instance_1}\nwait $x until ready",
      "let x = {id: instance_1}\nwait ($x.id) until ready"),
    Twin(
      "cannot-wait", "runtime call a skills/list | wait until settled",
      "let op = runtime call a skills/list\n"
        + "wait (runtime operation a $op.operationId) until settled"),
    Twin("cannot-wait", "wait null until ready", "wait \"null\" until ready"),
    Twin(
      "cannot-wait", "wait (catalogue regions | first) until available",
      "wait (agents list | first) until status == active"),
    Twin(
      "cannot-wait", "wait (instances device-info instance_5) until ready",
      "wait (instances get instance_5) until ready"),
  ]

  static let bodies = [
    Twin(
      "unknown-option", "deploy --body {name: n, variantID: v, nme: x}",
      "deploy --body {name: n, variantId: v}"),
    Twin("missing-option", "deploy --body {name: n}", "deploy --body {name: n} --variantId v"),
    Twin(
      "wrong-type", "deploy --body {name: [n], variantId: v}",
      "deploy --body {name: 42, variantId: v}"),
    Twin(
      "out-of-limits", "deploy --variantId v --body {name: \(String(repeating: "n", count: 129))}",
      "deploy --variantId v --body {name: \(String(repeating: "n", count: 128))}"),
    Twin("out-of-limits", "retry 0 { start a }", "retry 1 { start a }"),
    Twin("out-of-limits", "timeout 0s { start a }", "timeout 1ms { start a }"),
    Twin("out-of-limits", "wait a until ready any 0", "wait a until ready any 1"),
    Twin("out-of-limits", "wait a until ready every -1s", "wait a until ready every 1s"),
  ]

  static let doubts = [
    Twin(
      "unreachable", "if (now) == null { exit } else { fail x }\nprint 1",
      "if (now) == null { exit }\nprint 1"),
    Twin(
      "unreachable", "def f() { try { return 1 } catch { return 2 }\nprint 3 }\nprint (f)",
      "def f() { try { return 1 } catch { print 2 }\nprint 3 }\nprint (f)"),
    Twin("unsafe-retry", "retry 3 { restart a }", "retry 3 { start a; stop a }"),
    Twin(
      "unsafe-retry", "def up() { deploy --name n --variant-id v }\nretry 3 { up }",
      "def up() { deploy --name n --variant-id v }\nup\nretry 3 { start a }"),
    Twin(
      "unsafe-retry", "def one() { restart a }\ndef two() { one }\nretry 2 { two }",
      "def one() { restart a }\ndef two() { retry 2 { print 1 }\none }\ntwo"),
    Twin(
      "new-value", "print (bees --status \"runing\")", "print (bees --status \"running\")"),
    Twin(
      "new-value", "print (bees | where status in [\"new\"])", "print (bees | where status == \"\")"
    ),
    Twin(
      "never-true", "wait a until status == running and not status in [running, pending]",
      "wait a until status == running and not status in [stopped, pending]"),
    Twin(
      "never-true", "print (bees | where status == running and status == null)",
      "print (bees | where status == running or status == null)"),
    Twin(
      "ends-left-out", "wait (tasks get a t) until status in [completed, failed]",
      "wait (tasks get a t) until status == completed fail-if status == failed"),
    Twin(
      "ends-left-out",
      "wait (tasks get a t) until status == completed or status == canceled "
        + "fail-if error != null and status == failed",
      "wait (tasks get a t) until status in [completed, canceled] fail-if error != null"),
    Twin(
      "ends-left-out", "wait (tasks get a t) until status in [failed, rejected] and agent_id == b",
      "wait (tasks get a t) until status != running and status != failed and status != rejected"),
    Twin(
      "ends-left-out", "wait (tasks get a t) until status in [completed, failed] timeout 1m",
      "wait (tasks get a t) until (status in [completed, failed] or settled) timeout 1m"),
    Twin(
      "never-true", "wait (agents list | first) until settled",
      "wait (agents list | first) until status == active"),
    Twin("never-true", "wait a until false", "wait a until not (status == stopped)"),
    Twin(
      "unchanging-condition", "let b = instances get a\nwait $b until $b.status == running",
      "let b = instances get a\nwait $b until .status == $b.desiredStatus"),
    Twin(
      "unchanging-condition", "let n = 1\nwait until $n == 2", "wait until (bees | count) == 2"),
    Twin("unchanging-condition", "wait until false", "wait until (bees | any status == running)"),
    Twin(
      "unsafe-retry", "retry 3 { tasks create a hi }",
      "retry 3 { tasks create a hi --idempotency-key k }"),
    Twin(
      "unsafe-retry", "retry 3 { runtime call a \"session/clear\" --params {} }",
      "retry 3 { runtime call a \"session/clear\" --params {} --idempotency-key k }"),
    Twin(
      "unsafe-retry", "retry 3 { conversations create a }",
      "retry 3 { conversations create a --idempotency-key k }"),
    Twin(
      "unsafe-retry", "def say() { print (invoke a hi).text }\nretry 3 { say }",
      "print (invoke a hi).text\nretry 3 { start b }"),
    Twin(
      "never-true", "wait a until ready and status == running and status == stopped",
      "wait a until ready and (status == running or status == stopped)"),
    Twin(
      "never-true", "print (bees | count status == running and (name == a and status == stopped))",
      "print (bees | count status == running and (name == a or status == stopped))"),
    Twin("out-of-limits", "exit 256", "exit 255"),
    Twin(
      "not-a-time", "print (bees | where (age createdAt) > 1h)",
      "print (bees | where (age .createdAt) > 1h)"),
    Twin("out-of-limits", "exit -1", "exit 0"),
    Twin("out-of-limits", "sleep -1s", "sleep 0s"),
    Twin("out-of-limits", "retry 2 every -1s { start a }", "retry 2 every 0s { start a }"),
    Twin("out-of-limits", "retry 2 backoff -0.5 { start a }", "retry 2 backoff 0.5 { start a }"),
    Twin(
      "cannot-compute", "for k, v in {a: 1, b: 2} { print $k ($v + \"x\") }",
      "for k, v in {a: 1, b: \"y\"} { print $k ($v + \"x\") }"),
  ]

  static let limits = [
    Twin("over-limit", "limit changes 1\nstart a\nstop a", "limit changes 2\nstart a\nstop a"),
    Twin("over-limit", "limit changes 0\nstart a", "start a\nlimit changes 0"),
    Twin("over-limit", "limit changes 2\nstart [a, b, c]", "limit changes 3\nstart [a, b, c]"),
    Twin("over-limit", "limit changes 0\nstart a", "param l\nlimit changes 0\nstart $l"),
    Twin(
      "over-limit", "limit changes 2\nfor n in 1..3 { deploy --name bee-$n --variantId v }",
      "limit changes 3\nfor n in 1..3 { deploy --name bee-$n --variantId v }"),
    Twin(
      "over-limit", "limit changes 3\nfor a in [x, y] { for b in [x, y] { start $b; log $a } }",
      "limit changes 4\nfor a in [x, y] { for b in [x, y] { start $b; log $a } }"),
    Twin(
      "over-limit", "limit changes 1\nfor b in [x, y] { start $b }",
      "param p: bool\nlimit changes 1\nfor b in [x, y] { if $p { break }; start $b }"),
    Twin(
      "over-limit", "limit destroy 0\nif (now) == null { destroy a } else { destroy b }",
      "limit destroy 0\nif (now) == null { destroy a }"),
    Twin(
      "over-limit", "limit changes 1\ndef f() { start a; return 1 }\nf\nf",
      "limit changes 2\ndef f() { start a; return 1 }\nf\nf"),
    Twin(
      "over-limit", "limit changes 0\nretry 2 { start a }", "limit changes 0\ntry { start a }"),
    Twin(
      "over-limit", "limit changes 0\nstep x { start a }",
      "limit changes 0\nif (now) == null { exit }\nstep x { start a }"),
    Twin("over-limit", "limit destroy 0\ndestroy a", "limit destroy 0\nstart a"),
  ]

  @Test(arguments: names + flow + values + commands + bodies + doubts + limits)
  func saysItsCodeOnceAndNothingOfTheTwin(_ twin: Twin) {
    let wrong = Checked(twin.wrong)
    #expect(wrong.codes.contains(twin.code), "\(wrong.marked)")
    #expect(Checked(twin.right).marked == "")
  }
}

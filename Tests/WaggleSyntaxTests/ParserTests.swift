import Testing
import WaggleSyntax

/// What a text reads as; `TreeText` shows the tree.
@Suite struct ParserTests {
  @Test(
    "a stage is a command where it starts with a word and a value where it starts with one",
    arguments: [
      ("bees", "<bees>"),
      ("instances list --status stopped", "<instances list --status stopped>"),
      ("$x", "$x"),
      ("42", "42"),
      ("-1", "-1"),
      ("5m", "5m"),
      ("\"hello\"", "\"hello\""),
      ("[1, 2]", "[1, 2]"),
      ("{a: 1}", "{a: 1}"),
      ("not $x", "(not $x)"),
      ("true", "true"),
      ("(bees)[0]", "(<bees>)[0]"),
      ("$x | first 3", "$x | <first 3>"),
      ("bees | where region == $r | count", "<bees> | <where by (region == $r)> | <count>"),
      ("count $bees status == running", "<count of $bees by (status == running)>"),
      ("count $bees", "<count of $bees>"),
      ("print a; print b", "<print a>\n<print b>"),
      ("print a # and b", "<print a>"),
      ("print a#b", "<print a#b>"),
      ("bees\n| count", "<bees> | <count>"),
      ("bees\n\n  # all of them\n  | count", "<bees> | <count>"),
      ("bees |\n  # all of them\n  count", "<bees> | <count>"),
      ("print a \\\n  b", "<print a b>"),
      ("print a \\\n  # why\n  b", "<print a b>"),
      ("let x = 1 +\n  2", "(let x (1 + 2))"),
      ("let x = (1\n  + 2)", "(let x ((1 + 2)))"),
      ("let l = [\n  a, # one\n  b,\n]", "(let l [a, b])"),
    ])
  func stages(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "arguments are words, quotes and fill-ins; what touches is one text",
    arguments: [
      (
        "print hello us-east-1 ./f.json https://x/y?z=1",
        "<print hello us-east-1 ./f.json https://x/y?z=1>"
      ),
      ("print scout-$i", "<print `scout-{$i}`>"),
      ("print $dir/fleet.json", "<print `{$dir}/fleet.json`>"),
      ("print ${n}-1", "<print `{$n}-1`>"),
      ("print a\"b c\"'d'", "<print \"ab cd\">"),
      ("print $(count $x)!", "<print `{(<count of $x>)}!`>"),
      ("print (count $x) $x[0].name $x?.y", "<print (<count of $x>) $x[0].name $x?.y>"),
      ("print $x.", "<print `{$x}.`>"),
      ("print 007 +5 .5 2026-05-14 1. 1__0", "<print 007 +5 .5 2026-05-14 1. 1__0>"),
      ("f --a --b=1 --c=\"x y\" --d=$e ...$rest", "<f --a --b=1 --c=\"x y\" --d=$e ...$rest>"),
      ("f --metadata {retries: 3, \"a b\": [x]}", "<f --metadata {retries: 3, a b: [x]}>"),
      ("print \"--x\"", "<print \"--x\">"),
      ("exec ls -l --all . > 1 $x", "<exec ls -l --all . > 1 $x>"),
      ("exec tar ...$files --to=$d", "<exec tar ...$files `--to={$d}`>"),
    ])
  func arguments(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "operators bind as the table of the language says",
    arguments: [
      ("$a or $b and not $c == 1", "($a or ($b and (not ($c == 1))))"),
      ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
      ("$a ?? $b == 3", "(($a ?? $b) == 3)"),
      ("1..3", "(1 .. 3)"),
      ("1 .. $n + 1", "(1 .. ($n + 1))"),
      ("$a..$b", "($a .. $b)"),
      ("-$x + -(1)", "((- $x) + (- (1)))"),
      ("not not $x", "(not (not $x))"),
      ("$x in [a, b] and $y contains c", "(($x in [a, b]) and ($y contains c))"),
      ("$l[0..2]", "$l[0..2]"),
      ("$l[1..]", "$l[1..]"),
      ("$l[..2]", "$l[..2]"),
      ("$l[-1]", "$l[-1]"),
      ("$r[\"any key\"].x?.y[$k + 1]", "$r[\"any key\"].x?.y[($k + 1)]"),
      ("$n-1", "$n-1"),
      ("$x // 1ms % 2", "(($x // 1ms) % 2)"),
    ])
  func operators(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "where a subject exists a field and a word before an operator are values",
    arguments: [
      (
        "$b | where status == running and not isTrial",
        "$b | <where by ((status == running) and (not isTrial))>"
      ),
      ("$b | where (age .startedAt) > 1h", "$b | <where by ((<age .startedAt>) > 1h)>"),
      (
        "$b | where (status == running or isTrial) and x",
        "$b | <where by ((((status == running) or isTrial)) and x)>"
      ),
      ("$b | where models[0] == gpt-4o", "$b | <where by (models[0] == gpt-4o)>"),
      ("$n | where . =~ '^a'", "$n | <where by (. =~ \"^a\")>"),
      (
        "$b | map { id: .id, n: (count .models) }",
        "$b | <map by {id: .id, n: (<count of .models>)}>"
      ),
      ("$b | sort createdAt desc", "$b | <sort by createdAt desc>"),
      ("$b | where (target.scope) == x", "$b | <where by ((target.scope) == x)>"),
      ("$b | sort desc", "$b | <sort desc>"),
      ("sort $b desc", "<sort of $b desc>"),
      ("$b | max startedAt", "$b | <max by startedAt>"),
      ("$b | all (any .models . == x)", "$b | <all by (<any of .models by (. == x)>)>"),
    ])
  func subjects(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "wait reads its condition and its clauses in any order",
    arguments: [
      ("wait $bee until running", "<wait $bee until running>"),
      (
        "wait $bee until status == timeout timeout 5m",
        "<wait $bee until (status == timeout) timeout 5m>"
      ),
      ("$b | wait until ready any 40 every 2s", "$b | <wait until ready any 40 every 2s>"),
      (
        "wait $b until ready any timeout never fail-if status == error stuck-after 1h",
        "<wait $b until ready any timeout never fail-if (status == error) stuck-after 1h>"
      ),
      ("wait until (bees | count) == 3", "<wait until ((<bees> | <count>) == 3)>"),
      (
        "wait $b until ready any $n timeout (1m + 2s)",
        "<wait $b until ready any $n timeout ((1m + 2s))>"
      ),
    ])
  func waits(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "statements",
    arguments: [
      (
        "let x = if $a { 1 } else if $b { 2 } else { 3 }",
        "(let x (if $a {1} elif $b {2} else {3}))"
      ),
      ("x = $x + 1", "(set x ($x + 1))"),
      ("for x, i in 1..3 { print $x }", "(for x,i (1 .. 3) {<print $x>})"),
      ("for x in $v parallel 4 keep-going { break }", "(for x $v parallel 4 keep-going {(break)})"),
      ("while true { continue }", "(while true {(continue)})"),
      ("retry 3 every 2s backoff 1.5 { f }", "(retry 3 every 2s backoff 1.5 {<f>})"),
      ("timeout 5m { f }", "(timeout 5m {<f>})"),
      ("try { f } catch e { g }", "(try {<f>} e {<g>})"),
      ("try { f } catch { g }", "(try {<f>} {<g>})"),
      ("try { f }", "(try {<f>})"),
      ("step \"a $x\" { f }", "(step \"a {$x}\" {<f>})"),
      ("defer { stop $x }", "(defer {<stop $x>})"),
      ("assert ($b | count) > 0, \"none\"", "(assert (($b | <count>) > 0) \"none\")"),
      ("assert $x,\n  no", "(assert $x no)"),
      ("fail \"x\"", "(fail \"x\")"),
      ("exit", "(exit)"),
      ("exit 3", "(exit 3)"),
      ("limit changes 10", "(limit changes 10)"),
      ("use \"lib/f.waggle\"", "(use \"lib/f.waggle\")"),
      (
        "param region: text = us-east-1   \"Region\"",
        "(param region:text=us-east-1 help=\"Region\")"
      ),
      ("param x \"help\"", "(param x help=\"help\")"),
      ("param at-once: int = 8", "(param at-once:int=8)"),
      (
        "# Adds.\n# Well.\ndef add(a, b: int = 3, rest...) {\n  return $a + $b\n}",
        "(def add a b:int=3 rest... help=\"Adds.\\nWell.\" {(return ($a + $b))})"
      ),
      ("# far\n\ndef f() { }", "(def f {})"),
      ("let y = (for x in $v { $x })", "(let y ((for x $v {$x})))"),
      ("if $a {\n  f\n\n  g;\n}\n", "(if $a {<f>; <g>})"),
    ])
  func statements(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test(
    "texts",
    arguments: [
      (#""a\n\t\\\"\$\u{1F41D}""#, "\"a\\n\t\\\\\"$🐝\""),
      (#""$bee.name." "#, #""{$bee.name}.""#),
      (#""$l[0].x ${r?.y["k"]} $(f 1)x""#, #""{$l[0].x} {$r?.y["k"]} {(<f 1>)}x""#),
      ("'it''s $x'", "\"it's $x\""),
      ("\"\"", "\"\""),
      ("let t = \"\"\"\n  a $x\n    b\n\n  \"\"\"", "(let t \"a {$x}\\n  b\\n\")"),
      ("let t = '''\n  a $x\\n\n  '''", "(let t \"a $x\\n\")"),
      ("\"\"\"\n\"\"\"", "\"\""),
      ("\"\"\"\r\na\r\nb\r\n\"\"\"\r\n", "\"a\\nb\""),
    ])
  func texts(text: String, tree: String) { #expect(TreeText.of(text) == tree) }

  @Test("at the prompt a leading pipe goes on from the last result and ends the line above")
  func promptPipes() {
    #expect(TreeText.of("| count", .prompt) == "| <count>")
    #expect(TreeText.of("bees\n| count", .prompt) == "<bees>\n| <count>")
    #expect(TreeText.of("if $a {\nbees\n| count\n}", .prompt) == "(if $a {<bees> | <count>})")
    #expect(TreeText.of("| count") == "! leading-pipe")
  }
}

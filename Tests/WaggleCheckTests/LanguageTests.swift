import Testing
import WaggleText

@testable import WaggleCheck

/// The examples of the language's design, as far as their commands are in this build.
@Suite("The examples of the language check without a word") struct LanguageTests {
  static let texts = [
    """
    param region: text = us-east-1   "Region to bring up"
    param at-once: int = 8           "How many to start at a time"
    let bees = instances list --status stopped | where region == $region
    assert ($bees | count) > 0, "nothing is stopped in $region"
    step "start $($bees | count) scouts" {
        let up = for bee in $bees parallel $at-once {
            start $bee
            wait $bee until status == running timeout 5m
        }
        let slowest = $up | max startedAt
        print "slowest: $slowest.name"
    }
    """,
    "instances list --status stopped | start | wait until status == running",
    "print (instances list | where status == running and not isTrial)",
    "print (bees | where status in [pending, provisioning] | first 3)",
    "print (bees | sort createdAt desc | group status)",
    "let bees2 = bees\nprint (count $bees2 status == running)\nprint ($bees2 | map id)",
    "let b = instances get a\nprint \"$b.name.\" \"${b.name}x\" $((now) - $b.startedAt)",
    "let n = 1\nlet dir = x\ndef x() { return \"d\" }\nprint scout-$n $dir/fleet.json",
    "print ([1, 2, 3])[0] ((1..5) | sum) {a: 1, \"b c\": [x]}",
    "let l = [1, 2, 3]\nprint $l[0..2] $l[1..] $l[..2] $l[0..-1] $l[-1]",
    "let r = {a: 1}\nlet k = \"a\"\nprint $r[\"a\"] $r[$k] $r?.b",
    "let s = secret $env.DB_PASSWORD\nprint $s (reveal $s)",
    "try { fail \"x\" } catch e { if $e.kind == wait_failed { print $e.code $e.status } }",
    "retry 3 every 2s backoff 2 { start a }\ntimeout 5m { start a }",
    "limit changes 5\nlimit destroy 0\ndefer { stop a }",
    "def name2(a, b: int = 3, rest...) { return [$a, $b, $rest] }\nprint (name2 1 --b 4 x y)",
    "def f(a, b) { return $a }\nlet l = [1, 2]\nprint (f ...$l)\nlet o = {b: 1}\nprint (f 1 ...$o)",
    "for k, v in {a: 1} { print $k $v }\nfor x, i in [5] { print $x $i }",
    "for b in (bees) parallel 4 keep-going { stop $b }",
    "let bees2 = bees\nwait $bees2 until ready\nwait $bees2 until status == running any 40",
    "wait (instances get a) until gone timeout never every 2s stuck-after 5m",
    "wait until (bees | count) == 0 timeout 5m",
    "let o = {name: n, variantId: v}\ndeploy --body $o\ndeploy ...$o --systemPrompt \"hi\"",
    "deploy --name 42 --variant-id v --models [a, 3] --config {a: {b: 1}}",
    "print (bees --limit 5) (bees --page 0) (bees --page 1 --pageSize 50)",
    "let t = \"a\" + \"b\"\nlet d = 1h + 30m * 2\nprint $t ($d // 1ms) (7 / 2) (7 % 2) (-$d)",
    "print (3 == null) (null ?? 5) (not null) ({a: 1} + {b: 2}) ([1] + [2])",
    "let up = for b in (bees) { if $b.isTrial { continue }; start $b }\nprint ($up | count)",
    "'{\"a\": 1}' | from json | print\nprint ([{a: 1}] | to table) (null | to json)",
    "def early(x) {\n  if $x == 1 { return \"one\" }\n  \"more\"\n}\nprint (early 1)",
  ]

  @Test(arguments: texts) func check(_ text: String) { #expect(Checked(text).marked == "") }

  @Test(arguments: Builtin.allCases) func theExampleOf(_ builtin: Builtin) {
    let entry = BuiltinTable.entry(builtin)
    #expect(Checked(entry.example, mode: .shown).marked == "")
    #expect(entry.builtin == builtin)
    #expect(entry.usage.hasPrefix(builtin.rawValue))
  }

  @Test(arguments: texts) func anyPartOfATextGetsAnAnswer(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    for gap in words.indices {
      var rest = words
      rest.remove(at: gap)
      let checked = Checked(rest.joined(separator: " "))
      #expect(checked.program != nil || checked.diagnostics.contains { $0.severity == .error })
      _ = Checked(words[..<gap].joined(separator: " "), mode: .shown, session: Session())
    }
  }
}

/// Right texts: the examples of the language's design, and one of everything the grammar has.
enum Corpus {
  static let fleetUp = #"""
    #!/usr/bin/env waggle
    # fleet-up.waggle — bring every stopped scout back, and say which was slowest
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
    """#

  static let waits = #"""
    wait $bees until ready                     # running and online
    wait $bees until status == running any 40  # enough when 40 of them are
    wait i_1 until status == timeout timeout 5m every 2s fail-if status == error
    wait until (bees | where status == running | count) == 3 timeout never
    instances list --status stopped | start | wait until status == running
    $bees | wait until settled and not gone stuck-after (1m + $slack) any $n
    """#

  static let everything = #"""
    use "lib/fleet.waggle"
    limit changes 10
    limit destroy 0

    # Brings one back.
    # Slowly.
    def heal(bee, tries: int = 3, rest...) {
      retry $tries every 2s backoff 1.5 { restart $bee }
      return $bee
    }

    let l = [
      a, # the first
      "b c",
      ...$more,
      -1.5e3,
    ]
    let r = {a:1, "b c": [x, y], ...$base, d: 1h30m, n: null}
    let t = """
      scout $r.a is $($l | count)
        of ${r.n?.x} \u{1F41D} \$

      """
    let raw = '''
      $nothing \n
      '''
    x = $x + 1
    x = $l[0..2] + $l[1..] + $l[..2] + [$l[-1], $r["b c"], $r[$k].x?.y]
    let late = ((now) - $x.startedAt) > 1h or not $a and $b =~ '^it''s' or 3 in 1..$n
    if $a == 1 { print a } else if $b != null { print b } else {
      print c ; print d
    }
    for k, v in $r keep-going { if $v { continue }; break }
    while $i < 10 { i = $i + 1 }
    let got = try { call GET /v1/x --body {a: 1} } catch e { $e.kind }
    try { f } catch { g }
    timeout 5m { heal $x 4 --tries=5 ...$more }
    defer { destroy $x }
    bees
      | where (age .startedAt) > 1h and models[0] == gpt-4o
      # only these
      | where status in [pending, provisioning] and target.scope != x
      | map { id: .id, up: (count .models) > 2, s: . }
      | sort up desc |
        first 3
    exec tar -czf out.tgz --exclude=$x ...$files . > "y"
    write-it scout-$i $dir/fleet.json ${n}-1 a"b"'c' $(count $l)! https://x/y?z=1 \
      # a long line
      --agent-framework=openclaw --name "x"
    assert $a ?? true,
      "never"
    fail "no $x.name."
    exit 3
    """#

  static let all = [fleetUp, waits, everything]

  /// Lines of the design that are right by themselves.
  static let lines = [
    "let x = \"stopped\"", "$x | first 3", "count $bees status == running", "print $x",
    "let n = ($bees | count)", "print 2026-05-14 007 +5 .5 1_000", "print \"$bee.name.\"",
    "where-not x", "secret $env.DB_PASSWORD", "$bees | where status == running and not isTrial",
    "$bees | where models contains gpt-4o", "$bees | map id", "$bees | group status",
    "let s = 1..3", "let u = [...(1..3), 4]", "for event in (tasks events $task) { print $event }",
    "invoke $agent \"hi\" --stream", "read fleet.json | from json", "time \"2026-05-14T18:00:00Z\"",
    "let d = $took // 1ms", "print true false null -1 5m", "let m = -$x * -(2 + 3)",
    "print ((bees)[0].name)", "$x ?? \"none\"", "forget x y", "print {a: {b: [1, [2]]}} []",
    "let z = (if $a { 1 } else { 2 })", "$r | get \"any key\"", "print '' \"\" \"\\\\\"",
  ]
}

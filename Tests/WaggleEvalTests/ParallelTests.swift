import Testing
import WaggleEval
import WaggleTime
import WaggleValues

@Suite("Rounds side by side, and what stops work")
struct ParallelTests {
  @Test("results come in order, and so many rounds run at a time")
  func order() {
    let play = Play(
      "let x = for i in 1..6 parallel 3 { sleep (1s * (7 - $i))\n if $i == 4 { continue }\n $i * 10 }\nprint $x"
    )
    #expect(play.story == "[10,20,30,50,60]\n")
    // 1, 2 and 3 take 6, 5 and 4 s; 4 starts at 4 s for 3 s, 5 at 5 s for 2 s, 6 at 6 s for 1 s.
    #expect(play.took == Duration(nanoseconds: 7_000_000_000))
  }

  @Test("the same seed runs the same, each round on a copy of the frame")
  func determinism() {
    let script = """
      def look(id) { let bee = instances get $id
       $bee.name }
      let out = for i in 1..20 parallel 5 {
        let mine = $i * 2
        sleep (1ms * ($i * 7 % 5))
        print "$i $mine $(look \"b$i\")"
        $mine
      }
      print ($out | sum)
      """
    let first = Play(script)
    #expect(first.output.hasSuffix("\n420\n"))
    for _ in 0..<10 { #expect(Play(script).output == first.output) }
    #expect(first.fault == nil)
  }

  @Test("the first failure stops new rounds, lets those in flight finish, and is raised")
  func failure() {
    let play = Play(
      "for i in 1..9 parallel 3 { sleep (1s * $i)\n if $i == 2 { fail \"no $i\" }\n print $i }")
    // 4 starts at 1 s, when 1 is done; the failure at 2 s lets 3 and 4 finish.
    #expect(play.story == "1\n3\n4\n! fail: no 2")
  }

  @Test("keep-going runs all rounds; exit in a round ends the run")
  func keepGoing() {
    let all = Play("for i in 1..5 parallel 2 keep-going { if $i % 2 == 0 { fail \"no $i\" } }")
    #expect(
      all.fault?.message == "2 rounds of the loop failed: round 1: no 2; round 3: no 4")
    let exit = Play(
      "for i in 1..5 parallel 2 keep-going { if $i == 2 { exit 9 }\n sleep 1s }\nprint never")
    #expect(exit.fault?.exitStatus == 9)
    #expect(exit.output == "")
  }

  @Test("loops in loops run side by side too")
  func nested() {
    let play = Play(
      "let x = for i in 1..3 parallel 3 { let y = for j in 1..3 parallel 3 { sleep 1s\n $i * 10 + $j }\n $y | sum }\nprint $x"
    )
    #expect(play.story == "[36,66,96]\n")
    #expect(play.took == Duration(nanoseconds: 1_000_000_000))
  }

  @Test("a timeout is its own, an outer one passes through")
  func timeouts() {
    #expect(
      Play("try { timeout 2s { sleep 5s } } catch e { print $e.kind $e.message }").story
        == "timeout it took longer than 2s\n")
    let outer = Play(
      "try { timeout 2s { try { timeout 9s { sleep 20s } } catch { print inner } } } catch e { print outer $e.message }"
    )
    #expect(outer.story == "outer it took longer than 2s\n")
    #expect(Play("timeout 2ms { while true { } }").story == "! timeout: it took longer than 2ms")
    #expect(Play("let x = timeout 5s { sleep 1s\n 7 }\nprint $x").story == "7\n")
    #expect(
      Play("try { timeout 1s { for i in 1..3 parallel 3 { sleep 9s } } } catch e { print $e.kind }")
        .story
        == "timeout\n")
  }

  @Test("Ctrl-C passes every catch, and the defers run under their shield")
  func interrupted() {
    let play = Play(
      """
      defer { sleep 2s
       print cleaned }
      try { retry 3 { sleep 10s } } catch { print caught }
      """, cancel: (3_000_000_000, .interrupted))
    #expect(play.output == "cleaned\n")
    #expect(play.fault?.exitStatus == 130)
    #expect(play.took == Duration(nanoseconds: 5_000_000_000))
  }

  @Test("Ctrl-C reaches code that only calculates, and calls of a fan-out that were not made yet")
  func interruptedWork() {
    let busy = Play("while true { }", cancel: (1_000_000, .terminated))
    #expect(busy.fault?.exitStatus == 143)
    let fan = Play(
      "let ids = for i in 1..100 { \"b$i\" }\ninstances start $ids",
      cancel: (250_000_000, .interrupted))
    #expect(fan.fault?.exitStatus == 130)
    #expect(fan.keys.count == 24)
  }

  @Test("a defer that takes too long times out")
  func slowDefer() {
    let play = Play("defer { sleep 1h }\nprint on")
    #expect(play.story == "on\n! timeout: it took longer than 30s")
  }

  @Test("retry tries what could pass, with pauses that grow, and the last error stands")
  func retry() {
    let play = Play(
      "let n = 0\ndef more() { n = $n + 1 }\nretry 4 every 1s backoff 2 { more\n print \"try $n\"\n if $n < 3 { fail no } }"
    )
    #expect(play.story == "try 1\ntry 2\ntry 3\n")
    // 1 s and 2 s, each a tenth shorter or longer.
    #expect((2_700_000_000...3_300_000_000).contains(play.took.nanoseconds))
    #expect(Play("retry 3 { fail no }").story == "! fail: no")
    let once = Play("param x: any = 1\nretry 3 { print once\n let y = $x + [1]\n print $y }")
    #expect(once.output == "once\n")
    #expect(once.fault?.kind == "value")
  }
}

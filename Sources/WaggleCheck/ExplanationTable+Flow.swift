/// What runs, what does not, and whose value is taken.
extension ExplanationTable {
  static let flow: [Explanation] = [
    Explanation(
      "break-outside", "`break` or `continue` outside of a loop",
      """
      They leave the loop around them, or go to its next round. `return` ends a function, `exit` a \
      script.
      """,
      wrong: """
        print 1
        break
        """,
      right: """
        for n in 1..9 {
          if $n == 3 { break }
          print $n
        }
        """),
    Explanation(
      "return-outside", "`return` outside of a function",
      "`return` ends a function with a value. A script ends with `exit`.",
      wrong: "return 1",
      right: """
        def one() { return 1 }
        print (one)
        """),
    Explanation(
      "out-of-parallel", "`break` or `return` out of a parallel loop",
      """
      Other rounds are under way at the same time, so one of them cannot leave the loop for all. \
      `fail` stops new rounds; `continue` ends this one.
      """,
      wrong: """
        for n in 1..9 parallel 3 {
          if $n == 3 { break }
          print $n
        }
        """,
      right: """
        for n in 1..9 parallel 3 {
          if $n == 3 { continue }
          print $n
        }
        """),
    Explanation(
      "out-of-defer", "`break`, `continue` or `return` out of a `defer` block",
      "A `defer` block runs when its block ends already; there is nothing left to leave.",
      wrong: """
        while true {
          defer { break }
        }
        """,
      right: """
        while true {
          defer { print done }
          break
        }
        """),
    Explanation(
      "unreachable", "Statements that can never run",
      """
      What stands behind `return`, `break`, `continue`, `exit` or `fail` in the same block is \
      never reached.
      """,
      wrong: """
        exit 1
        print done
        """,
      right: """
        print done
        exit 1
        """),
    Explanation(
      "change-in-parallel", "A round of a parallel loop that changes a variable outside",
      """
      Rounds run at the same time, so what is left in the end would depend on who comes last. The \
      value of a round is collected instead, in the order of the list.
      """,
      wrong: """
        let total = 0
        for n in 1..9 parallel 3 { total = $total + $n }
        print $total
        """,
      right: """
        let all = for n in 1..9 parallel 3 { $n * 2 }
        print ($all | sum)
        """),
    Explanation(
      "dropped-value", "A value that nothing takes",
      """
      In a script only what is printed is shown, so a value or the result of a data command that \
      nothing takes was made in vain. The last value of a block counts as taken where the block's \
      own is.
      """,
      wrong: "bees | where status == stopped",
      right: "bees | where status == stopped | print"),
    Explanation(
      "dropped-answer", "A read call whose answer nothing takes",
      "A call that changes something may stand alone; one that only reads is made for its answer.",
      wrong: "instances list",
      right: "print (instances list)"),
    Explanation(
      "two-names", "A record walked with one name",
      "A record has keys and values, so its loop has a name for each.",
      wrong: "for pair in {a: 1, b: 2} { print $pair }",
      right: "for key, value in {a: 1, b: 2} { print $key $value }"),
    Explanation(
      "cannot-walk", "A `for` over something that has no elements",
      "`for` walks a list, a range, a record or a stream. `1..3` counts.",
      wrong: "for n in 3 { print $n }",
      right: "for n in 1..3 { print $n }"),
    Explanation(
      "one-stream", "A list where a stream is opened",
      """
      Elsewhere a list in the place of an id makes one call for each of its elements. A stream is \
      walked as it comes, and several at once would have no order: take them one after the other.
      """,
      wrong: "for event in (tasks events agent_1 [task_1, task_2]) { print $event.type }",
      right: """
        for task in [task_1, task_2] {
          for event in (tasks events agent_1 $task) { print $event.type }
        }
        """),
    Explanation(
      "unsafe-retry", "A call that is not safe to repeat in a `retry`",
      """
      A `retry` runs its whole block again, also when the answer to a call was lost that had been \
      carried out, or when something behind it failed. A second `deploy` makes a second instance. \
      Put such a call before the block, or look first whether it was carried out.
      """,
      wrong: """
        retry 3 {
          let bee = deploy --name scout-7 --variant-id scout-standard
          wait $bee until ready
        }
        """,
      right: """
        let bee = deploy --name scout-7 --variant-id scout-standard
        retry 3 {
          wait $bee until ready
        }
        """),
    Explanation(
      "over-limit", "More changes than the script's own limit allows",
      """
      What surely runs behind a `limit` is counted before the run: branches by their smaller side, \
      loops where their rounds are known.
      """,
      wrong: """
        limit changes 1
        start [bee-1, bee-2]
        """,
      right: """
        limit changes 2
        start [bee-1, bee-2]
        """),
  ]
}

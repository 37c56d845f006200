/// Fields, types, conditions and operators.
extension ExplanationTable {
  static let values: [Explanation] = [
    Explanation(
      "no-subject", "A field of nothing",
      """
      `.name` is a field of the element that `where`, `map`, `wait` and their like look at. \
      Everywhere else a field has its variable before it.
      """,
      wrong: """
        let bee = bees | first
        print (.name)
        """,
      right: """
        let bee = bees | first
        print $bee.name
        """),
    Explanation(
      "bare-word", "A word where a value is wanted",
      """
      A word alone is text in three places: in a list, in a record and on the right side of a \
      comparison. Elsewhere text stands in quotes, a variable has a `$` and a field of the subject \
      a dot.
      """,
      wrong: """
        let status = "running"
        if status == running { print up }
        """,
      right: """
        let status = "running"
        if $status == running { print up }
        """),
    Explanation(
      "not-a-field", "A field with a sign before it",
      "Behind a sign a field of the subject has its dot.",
      wrong: "print ([{n: 1}] | map -n)",
      right: "print ([{n: 1}] | map -.n)"),
    Explanation(
      "word-is-field", "A word on the right side that is a field",
      """
      On the right side of a comparison a word is text. Where the subject has a field of that \
      name, nobody could tell which is meant.
      """,
      wrong: "print (bees | where status != desiredStatus)",
      right: "print (bees | where status != .desiredStatus)"),
    Explanation(
      "unknown-field", "A field that the record does not have",
      """
      A record of the API has the fields of its type; `help Instance` lists them. Of a record that \
      you made yourself, `?.` gives null for a field that is not there.
      """,
      wrong: "print (bees | where stauts == running)",
      right: "print (bees | where status == running)"),
    Explanation(
      "no-fields", "A field of a value that has none",
      "Only records have fields. `map name` takes a field of each element of a list.",
      wrong: """
        let fleet = bees
        print $fleet.name
        """,
      right: """
        let fleet = bees
        print ($fleet | map name)
        """),
    Explanation(
      "no-index", "An index of a value that has no elements",
      "Lists have elements, counted from 0, and records have fields.",
      wrong: """
        let n = 42
        print $n[0]
        """,
      right: """
        let numbers = [42]
        print $numbers[0]
        """),
    Explanation(
      "second-key", "A record with two fields of one name",
      "The first of them would be lost.",
      wrong: "print {name: scout, name: ranger}",
      right: "print {name: scout, other: ranger}"),
    Explanation(
      "unreadable-literal", "A number or a duration that is too large",
      "Whole numbers have 64 bits, and a duration at most 292 years.",
      wrong: "print 99999999999999999999 (99999999999999999999 + 1)",
      right: "print 99999999999999999999"),
    Explanation(
      "not-a-time", "A text that is no time",
      "Times are compared with RFC 3339: date, `T`, time, and `Z` or an offset.",
      wrong: "print (bees | where createdAt > 2026-05-14)",
      right: "print (bees | where createdAt > 2026-05-14T00:00:00Z)"),
    Explanation(
      "unknown-value", "A word that is none of the known values",
      """
      Where the values of a field or of an option are known, a word must be one of them, or the \
      comparison could never be true. A new value, which this build does not know yet, stands in \
      quotes.
      """,
      wrong: "print (bees | where status == runing)",
      right: "print (bees | where status == running)"),
    Explanation(
      "new-value", "A quoted value that this build does not know",
      """
      The API may have values that are newer than this build, so a quoted one is let through. It \
      may as well be misspelled, and then the comparison never holds.
      """,
      wrong: "print (bees | where status == \"runing\")",
      right: "print (bees | where status == \"running\")"),
    Explanation(
      "never-true", "A condition that can never come true",
      """
      A field has one value at a time, so `and` between two of its values never holds, and what \
      has no end never settles; a `wait` for it would only time out.
      """,
      wrong: "wait bee-1 until status == running and status == stopped",
      right: "wait bee-1 until status in [running, stopped]"),
    Explanation(
      "unchanging-condition", "A wait for something that cannot change",
      """
      A `wait` asks its condition again and again, and reads its subject anew each time. A variable \
      keeps what it was given, so a condition made of variables alone is the same at each look.
      """,
      wrong: """
        let bee = instances get bee-1
        wait $bee until $bee.status == running
        """,
      right: """
        let bee = instances get bee-1
        wait $bee until status == running
        """),
    Explanation(
      "ends-left-out", "A wait for some ways to end and not for others",
      """
      A `wait` fails at an end at which its condition does not hold. One that names two ends or \
      more waits for whatever comes of it, and the others were most likely forgotten. `settled` \
      is any end; `fail-if` says which ones are meant to be failures.
      """,
      wrong: """
        let task = tasks get agent_1 task_1
        wait $task until status in [completed, failed]
        """,
      right: """
        let task = tasks get agent_1 task_1
        wait $task until settled
        """),
    Explanation(
      "wrong-type", "A value of another type than the one that is wanted",
      """
      Types are not turned into each other by themselves. Commands such as `text`, `int` and \
      `duration` do it where it is meant.
      """,
      wrong: "timeout 5 { start bee-1 }",
      right: "timeout 5s { start bee-1 }"),
    Explanation(
      "not-a-condition", "A condition that is neither true nor false",
      "There is no truthiness: write the comparison that is meant.",
      wrong: """
        let fleet = bees
        if $fleet { print some }
        """,
      right: """
        let fleet = bees
        if ($fleet | count) > 0 { print some }
        """),
    Explanation(
      "cannot-compute", "Values that an operator does not take",
      """
      Numbers and durations are calculated with, `+` joins texts and lists and merges records, and \
      a time and a duration give a time. A value is put into a text by filling it in.
      """,
      wrong: """
        let n = 3
        print ("bees: " + $n)
        """,
      right: """
        let n = 3
        print "bees: $n"
        """),
    Explanation(
      "cannot-compare", "A comparison of different kinds",
      "A number never equals a text, so the comparison would always have the same answer.",
      wrong: """
        let n = 3
        if $n == three { print yes }
        """,
      right: """
        let n = 3
        if $n == 3 { print yes }
        """),
    Explanation(
      "out-of-limits", "A known value that is too small or too great",
      """
      The API and the language say how long a text and how great a number may be; what is known \
      before the run is held against it before the run.
      """,
      wrong: "print (bees --page-size 500)",
      right: "print (bees --page-size 200)"),
  ]
}

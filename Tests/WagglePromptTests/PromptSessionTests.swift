import Testing

@Suite("a session at the prompt")
struct PromptSessionTests {
  @Test("values are shown, and variables and functions live on")
  func values() {
    let shown = PromptPlay().run([
      "1 + 2", "let n = 4", "def twice(x) { return $x * 2 }", "twice $n", "print $n", "null",
    ])
    #expect(
      shown == """
        sandbox> 1 + 2
        3
        sandbox> let n = 4
        sandbox> def twice(x) { return $x * 2 }
        sandbox> twice $n
        8
        sandbox> print $n
        4
        sandbox> null

        """)
  }

  @Test("a line that begins with | goes on from the last result, $_ is the last that was not null")
  func lastResult() {
    let shown = PromptPlay().run([
      "[3, 1, 2]", "| sort", "| first", "let x = 1", "| first", "$_ + 1",
    ])
    #expect(
      shown == """
        sandbox> [3, 1, 2]
        [3,1,2]
        sandbox> | sort
        [1,2,3]
        sandbox> | first
        1
        sandbox> let x = 1
        sandbox> | first
        error[no-last-result]: the line before gave no result
         --> entry 5:1:1
          |
        1 | | first
          | ^ `$_ | …` goes on from the last one that there was
        sandbox> $_ + 1
        2

        """)
  }

  @Test("a reply that was printed as it grew is not printed again, and is $_ all the same")
  func growing() {
    let shown = PromptPlay().run([
      "let agent = agents list | find status == active",
      "invoke $agent \"[say I am well.]\" --stream", "$_.text | upper",
      "follow (tasks create $agent \"[say Done.]\")", "| get status", "$_ | upper",
    ])
    #expect(
      shown == """
        sandbox> let agent = agents list | find status == active
        sandbox> invoke $agent "[say I am well.]" --stream
        I am well.
        sandbox> $_.text | upper
        I AM WELL.
        sandbox> follow (tasks create $agent "[say Done.]")
        Done.
        follow: ch-f201a2e9-d914-4580-a90e-3cf5447cb0f3: completed
        sandbox> | get status
        completed
        sandbox> $_ | upper
        COMPLETED

        """)
  }

  @Test("an entry goes on until it is whole; Ctrl-C gives it up")
  func continuation() {
    let shown = PromptPlay().run([
      "for x in [1, 2] {", "  print $x", "}", "print (", "^C", "[1,", "2]", "let",
    ])
    #expect(
      shown == """
        sandbox> for x in [1, 2] {
              …>   print $x
              …> }
        1
        2
        sandbox> print (
        sandbox> [1,
              …> 2]
        [1,2]
        sandbox> let
        error[expected]: expected a name for the variable, found the end of the line
         --> entry 3:1:4
          |
        1 | let
          |    ^

        """)
  }

  @Test("no error ends it: wrong syntax, wrong names, refused calls, failed functions")
  func errors() {
    let shown = PromptPlay().run([
      "print )", "instances get nobody", "def f() { fail \"no luck\" }", "f", "print on",
    ])
    #expect(shown.contains("error: "))
    #expect(shown.contains("no luck"))
    #expect(shown.contains("called from"))
    #expect(shown.hasSuffix("sandbox> print on\non\n"))
  }

  @Test("what a failed line declared is there where it has a value, and forgotten where not")
  func failedLine() {
    let shown = PromptPlay().run([
      "let a = 1; fail \"no\"; let b = 2", "$a", "$b", "let a = \"text\"; fail \"no\"",
      "$a + \"s\"",
    ])
    #expect(shown.contains("sandbox> $a\n1\n"))
    #expect(shown.contains("there is no variable `$b`"))
    #expect(shown.hasSuffix("sandbox> $a + \"s\"\ntexts\n"))
  }

  @Test("exit leaves with its status")
  func exit() {
    #expect(PromptPlay().run(["exit 3", "print never"]) == "sandbox> exit 3\n[exit 3]\n")
  }

  @Test("instances are deployed, waited for and looked at")
  func instances() {
    let shown = PromptPlay().run([
      "let bee = deploy --name scout-9 --variant-id scout-standard",
      "$bee | wait until status == running", "| select name status", "status",
    ])
    #expect(shown.contains("\nname    scout-9\nstatus  running\n"))
    #expect(shown.contains("gateway  the sandbox, a world of its own in this process\n"))
    #expect(!shown.contains("calls    0\n"))
  }

  @Test("vars and forget")
  func variables() {
    let shown = PromptPlay().run([
      "vars", "let bees = instances list", "let bee = ($bees)[0]", "let s = secret \"quietquiet\"",
      "let t = \"two words\"", "def idle(hours: int = 1) { return $hours }", "vars",
      "forget bee $t", "forget nothing", "$bee", "forget idle s", "vars",
    ])
    #expect(
      shown.hasSuffix(
        """
        sandbox> vars
          $bee   Instance scout-2
          $bees  list of 3 elements, Instance
          $s     secret ••••
          $t     two words
          idle   a function: idle(hours: int)
        sandbox> forget bee $t
        sandbox> forget nothing
        error: there is no variable or function `nothing`
        sandbox> $bee
        error[unknown-variable]: there is no variable `$bee`
         --> entry 10:1:2
          |
        1 | $bee
          |  ^^^ did you mean `$bees`?
        sandbox> forget idle s
        sandbox> vars
          $bees  list of 3 elements, Instance

        """), "\(shown)")
  }

  @Test("help on a function is the comment above it")
  func helpOnAFunction() {
    let shown = PromptPlay().run([
      "# Names of what rests.\n# At most so many.\ndef idle(many: int = 3, region, more...) { $region }",
      "help idle", "help idel",
    ])
    #expect(
      shown.hasSuffix(
        """
        sandbox> help idle
        idle [MANY] REGION [MORE…]
        Names of what rests.
        At most so many.
          MANY  int
        sandbox> help idel
        error: there is no help on `idel`
          help: did you mean `idle`?

        """))
  }

  @Test("the prompt's own commands stand alone, and say how they are typed")
  func misuse() {
    let shown = PromptPlay().run(["vars | first", "save", "save a b", "forget", "help nonsense"])
    #expect(
      shown == """
        sandbox> vars | first
        error[prompt-command]: `vars` stands alone on its line
         --> entry 1:1:1
          |
        1 | vars | first
          | ^^^^
        sandbox> save
        error: `save` is typed: save FILE
        sandbox> save a b
        error: `save` is typed: save FILE
        sandbox> forget
        error: `forget` is typed: forget NAME…
        sandbox> help nonsense
        error: there is no help on `nonsense`
          help: `help` alone says what there is

        """)
  }

  @Test("`why` explains the last wait that failed, part by part")
  func why() {
    let shown = PromptPlay().run([
      "why", "wait instance_2 until status == stopped and errorMessage == x timeout 3s", "why",
      "wait [instance_1, instance_99] until ready or not (name == a) fail-if gone timeout 3s",
      "why", "wait until (bees | count) == 25 timeout 3s", "why", "why not",
    ])
    for part in [
      """
      sandbox> why
      no wait has failed yet

      """,
      """
          no      status == stopped and errorMessage == x
          no        status == stopped                       status is `running`
          not yet   errorMessage == x                       errorMessage is not there yet

      """,
      """
        instance_99: meets `fail-if`
          not yet ready or not (name == a)
          no        ready
          no          status == running        it does not exist
          no          connectivity == online   it does not exist
          not yet   not (name == a)
          not yet     (name == a)              it does not exist
          yes     fail-if gone                 it does not exist

      """,
      """
          no      (bees | count) == 25   (bees | count) is `3`

      """,
      "error: `why` is typed: why\n",
    ] {
      #expect(shown.contains(part))
    }
  }

  @Test("history has what was typed, but no secrets and no lines that begin with a space")
  func history() {
    let shown = PromptPlay(environment: ["BEEOS_API_KEY": "oag_0123456789abcdef"]).run([
      "print a", " print b", "let k = secret \"quietquiet\"", "print oag_0123456789abcdef",
      "for x in [1] {", "  print $x", "}", "print a quietquiet", "history", "history print",
    ])
    #expect(
      shown.hasSuffix(
        """
        sandbox> history
        1  print a
        2  for x in [1] {
             print $x
           }
        3  history
        sandbox> history print
        1  print a
        2  for x in [1] {
             print $x
           }
        4  history print

        """), "\(shown)")
  }
}

import Testing

@Suite("save writes the lines that worked as a script that checks")
struct SaveTests {
  /// A session and the script that it leaves.
  private func saved(_ lines: [String]) -> (script: String?, shown: String) {
    let play = PromptPlay()
    let shown = play.run(lines + ["save out.waggle"])
    return (play.file("out.waggle"), shown)
  }

  @Test("looks and failures are left out, what does something stays")
  func looks() {
    let lines = [
      "bees", "let idle = bees --status stopped", "$idle | count", "print $nothing",
      "for bee in $idle { start $bee }", "instances get nobody", "print done",
    ]
    #expect(
      saved(lines).script == """
        let idle = bees --status stopped
        for bee in $idle { start $bee }
        print done

        """)
  }

  @Test("a result that a later line goes on from gets a name")
  func results() {
    let lines = ["bees", "| where status == stopped", "$_ | start", "let first = ($_)[0]", "bees"]
    #expect(
      saved(lines).script == """
        let result-1 = bees
        let result-2 = $result-1 | where status == stopped
        let result-3 = $result-2 | start
        let first = ($result-3)[0]

        """)
  }

  @Test("of a line with several statements the looks are left out")
  func statements() {
    #expect(saved(["let a = 1; $a; let b = 2"]).script == "let a = 1\nlet b = 2\n")
  }

  @Test("a value that a line made while it did something is named, for a script must use it")
  func unused() {
    #expect(
      saved(["bees --limit 1 | start | map id"]).script
        == "let _result-1 = bees --limit 1 | start | map id\n")
  }

  @Test("a function that was defined twice stands where it was defined last")
  func functions() {
    let lines = ["def f() { return 1 }", "let a = f", "def f() { return 2 }", "let b = f"]
    #expect(saved(lines).script == "let a = f\ndef f() { return 2 }\nlet b = f\n")
  }

  @Test("comments of what stays whole are kept, and it is laid out as `fmt` does")
  func layout() {
    #expect(
      saved(["# stops all of them", "for b in (bees) { # each", "  stop $b", "}"]).script
        == "for b in (bees) {  # each\n    stop $b\n}\n")
  }

  @Test("a line that holds a secret is left out, and so is what needs it")
  func secrets() {
    let (script, shown) = saved(["let k = secret \"quietquiet\"", "let l = [$k]", "let n = 1"])
    #expect(script == "let n = 1\n")
    #expect(shown.contains("left out line 1, which holds a secret\n"))
    #expect(shown.contains("left out line 2: there is no variable `$k`\n"))
  }

  @Test("an existing file is kept, and nothing makes no file")
  func refusals() {
    let play = PromptPlay()
    let shown = play.run(["save a", "let n = 1", "save a", "let m = 2", "save a", "save no/folder"])
    #expect(
      shown == """
        sandbox> save a
        error: there is nothing to save: no line of this session did something
        sandbox> let n = 1
        sandbox> save a
        a: 1 line
        sandbox> let m = 2
        sandbox> save a
        error: `a` cannot be written: there is one already
        sandbox> save no/folder
        error: `no/folder` cannot be written: No such file or directory

        """)
    #expect(play.file("a") == "let n = 1\n")
  }
}

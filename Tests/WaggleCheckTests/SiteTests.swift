import Testing

@testable import WaggleCheck

@Suite("Sites name each effect by its blocks, its word and its ordinal") struct SiteTests {
  static let texts: [(text: String, sites: [String])] = [
    ("start a; start b; stop c", ["start#1", "start#2", "stop#1"]),
    ("instances start a; start b", ["instances start#1", "start#1"]),
    (
      """
      step "start" {
        for x in [a] { start $x; start $x }
        for x in [a] { start $x }
      }
      step "start" { start z }
      step "a$(now)" { start z }
      """,
      [
        ##"step "start"/for#1[*]/start#1"##, ##"step "start"/for#1[*]/start#2"##,
        ##"step "start"/for#2[*]/start#1"##, ##"step "start"#2/start#1"##, "now#1",
        "step#1/start#1",
      ]
    ),
    (
      """
      def heal(b) {
        try { restart $b } catch { retry 3 { restart $b; restart $b } }
      }
      for x in [a] { heal $x; heal $x }
      """,
      [
        "def heal/try#1/restart#1", "def heal/try#1/catch/retry#1[*]/restart#1",
        "def heal/try#1/catch/retry#1[*]/restart#2", "for#1[*]/heal#1", "for#1[*]/heal#2",
      ]
    ),
    (
      """
      for x in [a] { for y in [b] parallel 2 { start $x; start $y } }
      """,
      ["for#1[*]/for#1[*]/start#1", "for#1[*]/for#1[*]/start#2"]
    ),
    (
      """
      if (now) == null { start a } else if true { start b } else { start c }
      if true { start d }
      """,
      ["now#1", "if#1/start#1", "if#1/else#1/start#1", "if#1/else#2/start#1", "if#2/start#1"]
    ),
    (
      "while (now) == null { start a }; timeout 5s { start a }; defer { destroy a }",
      ["while#1[*]/now#1", "while#1[*]/start#1", "timeout#1/start#1", "defer#1/destroy#1"]
    ),
    (
      "print ([a] | map (start .)) ([b] | where (age (get2 .)) > 1h)\ndef get2(x) { return null }",
      ["map#1[*]/start#1", "where#1[*]/get2#1", "where#1[*]/age#1", "print#1"]
    ),
    (
      "wait a until (now) == null fail-if (now) == null\nwait until (instances get a) == null",
      ["wait#1[*]/now#1", "wait#1[*]/now#1", "wait#1", "wait#2[*]/instances get#1", "wait#2"]
    ),
    ("print $env.HOME $env[\"X\"]\nlimit changes 3", ["$env#1", "$env#2", "print#1", "limit#1"]),
    (
      "param a = (now)\ndef f(x = (now)) { return $x }\nprint $a (f)",
      ["param a/now#1", "def f/now#1", "f#1", "print#1"]
    ),
  ]

  @Test(arguments: texts) func inTheOrderOfTheProgram(_ text: String, _ sites: [String]) {
    #expect(Checked(text).sites == sites)
  }

  @Test func aUsedFileBeginsThePathOfWhatIsInIt() {
    let files = [
      (path: "lib/a.waggle", text: "use \"deep/b.waggle\"\nlet t = now\ndef up(x) { start $x }"),
      (path: "lib/deep/b.waggle", text: "use \"../c.waggle\"\nlet u = now"),
      (path: "lib/c.waggle", text: "let v = now"),
    ]
    let checked = Checked("let w = now\nuse \"./lib/a.waggle\"\nup $t\nprint $w", files: files)
    #expect(
      checked.sites == [
        "lib/a.waggle/def up/start#1", "now#1", "lib/c.waggle/now#1", "lib/deep/b.waggle/now#1",
        "lib/a.waggle/now#1", "up#1", "print#1",
      ])
  }

  @Test(arguments: [
    ("lib/a.waggle", "", "lib/a.waggle"), ("./a.waggle", "lib/b.waggle", "lib/a.waggle"),
    ("../a.waggle", "lib/b.waggle", "a.waggle"), ("../../a.waggle", "lib/b.waggle", "../a.waggle"),
    ("/etc/a.waggle", "lib/b.waggle", "/etc/a.waggle"),
    ("b.waggle", "/etc/a.waggle", "/etc/b.waggle"),
    ("~/a.waggle", "lib/b.waggle", "~/a.waggle"), ("b.waggle", "~/a.waggle", "~/b.waggle"),
  ]) func aUsedFileHasAPathAsSeenFromTheMainScript(_ typed: String, _ user: String, _ path: String)
  {
    #expect(UsedFile.path(typed, from: user) == path)
  }

  @Test func aLineOfThePromptBeginsThePath() {
    let session = Session()
    _ = Checked("let x = 1", mode: .shown, session: session)
    #expect(
      Checked("now", mode: .shown, session: session).sites == ["line 2/now#1", "line 2/show#1"])
  }

  @Test func onlyAConditionWithAnEffectCountsItsElements() {
    #expect(Checked("print ([1] | where . > 0)").dump == "(print (where [1] [%0: (%0 > 0)]))")
    #expect(
      Checked("print ([a] | map (start .))").dump
        == "(print (map [\"a\"] [%0, %1: (startInstance %0)]))")
  }
}

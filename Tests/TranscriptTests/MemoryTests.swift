import Testing

/// What grows without end, in processes of their own: a run counts all that its process has.
struct MemoryTests {
  private static let words = """
    error: a value would need more memory than a run may have; `--memory` says how much that is
     --> -c:1:
    """

  @Test(
    "what grows without end ends with an error, however it grows",
    arguments: [
      "let x = [1]; while true { x = $x + $x }",
      #"let x = "ab"; while true { x = "$x$x" }"#,
      "let x = [1]; while true { x = [...$x, ...$x] }",
      "let x = [1]; for i in 1..40 { x = [$x, $x] }; print $x",
      "let x = 1..100000000",
      #"let t = "{},"; for i in 1..22 { t = "$t$t" }; let v = "[${t}1]" | from json"#,
      #"let big = "x"; while true { big = $big | replace x xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }"#,
      "read /dev/zero",
    ])
  func growth(_ text: String) throws {
    let end = try ProgramRun(["--memory", "512M", "-c", text]).finish()
    #expect(end.status == 1)
    #expect(end.error.hasPrefix(Self.words), "\(end.error)")
    #expect(end.output.isEmpty)
  }

  @Test("it is an error like any other")
  func caught() throws {
    let run = try ProgramRun(
      ["--memory", "512M"],
      script: """
        try {
          let x = [1]
          while true { x = $x + $x }
        } catch e { print $e.kind $e.retryable }
        def twice(x) { twice ($x + $x) }
        try { twice ab } catch e { print $e.kind }
        print "and on it goes"

        """)
    let end = run.finish()
    #expect(end.status == 0)
    #expect(end.output == "memory false\nmemory\nand on it goes\n")
  }
}

import Glibc
import Testing
import WaggleSyntax
import WaggleText

/// Texts that are long or deep.
@Suite struct BoundTests {
  @Test(
    "what nests without end is one clear diagnostic",
    arguments: [
      ("(", ""), ("[", ""), ("{a: ", ""), ("if true {\n", ""), ("print (", ""), ("not ", "$x"),
      ("-", "$x"), ("$x + ", "1"), ("$x and ", "1"), ("\"$(", ""), ("let x = (if true {", ""),
      ("f ...(", ""), ("$x[", ""), ("try {\n", ""), ("{...", ""), ("$x | where (", ""),
      ("[{a: ", ""), ("step \"$(", ""), ("f | ", "f"),
    ])
  func deep(_ piece: String, _ end: String) {
    let text = String(repeating: piece, count: 10_000) + end
    let codes = TreeText.parse("let y = 1\n" + text).diagnostics.map(\.code)
    #expect(codes == ["nested-too-deep"])
  }

  @Test("a path without end is one clear diagnostic", arguments: [".a", "?.a", "[0]"])
  func deepPath(_ piece: String) {
    let text = "print $x" + String(repeating: piece, count: 10_000)
    #expect(TreeText.parse(text).diagnostics.map(\.code) == ["nested-too-deep"])
  }

  /// A debug build takes about 8 KB of stack for a level, a release build 2.
  @Test("as deep as may be is right, on a stack of two megabytes")
  func deepest() {
    let text =
      "let x = " + String(repeating: "(", count: 120) + "1" + String(repeating: ")", count: 120)
    let blocks = String(repeating: "if (a) {\n", count: 120) + String(repeating: "}\n", count: 120)
    #expect(onSmallStack { TreeText.parse(text).diagnostics.isEmpty })
    #expect(onSmallStack { TreeText.parse(blocks).diagnostics.isEmpty })
    let mixed = String(repeating: "if (map {a: [not -(\"$(f ", count: 60)
    #expect(onSmallStack { TreeText.parse(mixed).diagnostics.last?.code == "nested-too-deep" })
  }

  /// A release build reads a megabyte of any of these in a third of a second; what took the square
  /// of its length would not end here.
  @Test("a long text takes no longer than its length asks for")
  func longTexts() {
    let length = 100_000
    #expect(TreeText.parse(String(repeating: "a", count: 1_000_000)).diagnostics.isEmpty)
    for text in [
      String(repeating: "a", count: length),
      "print " + String(repeating: "a ", count: length / 2),
      String(repeating: "\"", count: length), String(repeating: "$", count: length),
      String(repeating: "# ", count: length / 2), String(repeating: "\\", count: length),
      "print \"\"\"\n" + String(repeating: "\"\"\"\" \"", count: length / 6) + "\n\"\"\"",
      String(repeating: "'a\n", count: length / 3), String(repeating: "|\n", count: length / 2),
      String(repeating: "f\n\n#\n", count: length / 6),
      String(repeating: ") ", count: length / 2),
      "[" + String(repeating: "a b,\n", count: length / 5), String(repeating: " ", count: length),
      ") " + String(repeating: "(", count: length) + String(repeating: "}", count: length),
      ") " + String(repeating: "{\n", count: length) + String(repeating: "}\n", count: length),
      String(repeating: "{\n", count: length / 2),
      String(repeating: "let x = (\n", count: length / 10),
    ] {
      _ = TreeText.parse(text)
    }
  }

  @Test("after five hundred mistakes the rest is given up, and that is said")
  func manyMistakes() {
    let (_, diagnostics) = TreeText.parse(String(repeating: "print a, b\n", count: 2_000))
    #expect(diagnostics.count == 501)
    #expect(diagnostics.last?.code == "too-many-errors")
  }

  /// Runs something on a thread whose stack is two megabytes.
  private func onSmallStack(_ body: @escaping @Sendable () -> Bool) -> Bool {
    final class Job: Sendable {
      let body: @Sendable () -> Bool
      init(_ body: @escaping @Sendable () -> Bool) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 2 << 20)
    var thread = pthread_t()
    let job = Unmanaged.passRetained(Job(body)).toOpaque()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        return job.body() ? UnsafeMutableRawPointer(bitPattern: 1) : nil
      }, job)
    guard code == 0 else { return false }
    var result: UnsafeMutableRawPointer?
    pthread_join(thread, &result)
    return result != nil
  }
}

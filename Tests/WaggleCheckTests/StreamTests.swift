import Testing
import WaggleCatalogue
import WaggleText
import WaggleValues

@testable import WaggleCheck

@Suite("What the checker knows of streams") struct StreamTests {
  /// A session in which `$s` is a stream of instances.
  private func session() throws -> Session {
    let session = Session()
    _ = Checked("let s = 1", mode: .shown, session: session)
    let instance = try #require(Catalogue.beeOS.recordType(named: "Instance"))
    session.frame.inInnermostBlock("s")?.schema = .stream(.typed(instance))
    return session
  }

  @Test(
    "a walk knows its items, and nothing else takes a stream",
    arguments: [
      ("for bee, i in $s { print $bee.name ($i + 1) }", ""),
      ("let names = for bee in $s { $bee.name }\n$names | where . =~ a", ""),
      ("$s == null", ""),
      ("for bee in $s { print $bee.nam }", "unknown-field: Instance has no field `nam`"),
      (
        "for bee in $s { print ($bee + 1) }",
        "cannot-compute: `+` does not take an Instance and an int"
      ),
      (
        "for bee in $s parallel 2 { print $bee }",
        "cannot-walk: `for … parallel` walks what is there as a whole, not a stream"
      ),
      (
        "$s | where status == running",
        "wrong-input: `where` takes what is there as a whole, not a stream"
      ),
      ("$s | first 3", "wrong-input: `first` takes what is there as a whole, not a stream"),
      ("$s | to json", "wrong-input: `to json` takes what is there as a whole, not a stream"),
      ("text $s", "wrong-input: `text` takes what is there as a whole, not a stream"),
      ("count $s", "wrong-input: `count` takes what is there as a whole, not a stream"),
      ("$s == 1", "cannot-compare: `==` cannot compare a stream of Instance with an int"),
      (
        "$s == $s",
        "cannot-compare: `==` cannot compare a stream of Instance with a stream of Instance"
      ),
      ("$s + 1", "cannot-compute: `+` does not take a stream of Instance and an int"),
      ("$s.name", "no-fields: a stream of Instance has no fields"),
      ("if $s { print 1 }", "not-a-condition: `if` needs a bool, not a stream of Instance"),
      (
        "start $s",
        "wrong-type: ID is text, `Instance`, `Agent` or `RuntimeOperation`, not a stream of Instance"
      ),
    ])
  func uses(_ text: String, _ first: String) throws {
    let found = Checked(text, mode: .shown, session: try session()).diagnostics.first
    #expect((found.map { "\($0.code): \($0.message)" } ?? "") == first)
  }

  @Test func whatCannotBeWalkedIsNamedWithAllThatCan() {
    let found = Checked("for x in 'abc' { print $x }").diagnostics.first
    #expect(found?.code == "cannot-walk")
    #expect(found?.message == "`for` walks a list, a range, a record or a stream, not a text")
  }
}

import Testing
import WaggleCatalogue
import WaggleCheck
import WaggleRender
import WaggleSyntax
import WaggleText

@Suite("help comes from the tables")
struct HelpTests {
  private let book = HelpBook(.beeOS)

  @Test("every topic has a page, which fits the narrowest terminal but for what is to be typed")
  func pages() {
    for topic in book.topics {
      let page = book.page([topic], .plain, width: 80)
      #expect(page?.isEmpty == false, "\(topic)")
      let narrow = book.page([topic], .plain, width: 20) ?? ""
      for line in narrow.split(separator: "\n") where !line.hasPrefix("  ") {
        #expect(line.count <= 24, "\(line)")
      }
    }
    #expect(book.page(["nonsense"], .plain, width: 80) == nil)
    #expect(book.page(["instances", "nonsense"], .plain, width: 80) == nil)
    #expect(book.page(["instances", "list", "more"], .plain, width: 80) == nil)
  }

  @Test("an operation's page says how it is typed, what it takes and what it gives")
  func operation() {
    #expect(
      book.page(["instances", "start"], .plain, width: 72) == """
        instances start ID
        Ask for an instance to run. It changes something: `--read-only` refuses
        it.
        Short form: `start`.
          start instance_1

        Arguments
          ID  The instance: its id, or a record that has it (needed, text, at
              most 128 characters)
              A list of ids makes one call for each, eight at a time.

        Gives
        A record: Instance. `help Instance` lists its fields.

        """)
    #expect(
      book.page(["start"], .plain, width: 72)
        == book.page(["instances", "start"], .plain, width: 72))
  }

  @Test("the page of a command is its entry")
  func builtin() {
    #expect(
      book.page(["where"], .plain, width: 72) == """
        where LIST CONDITION
        Keep the elements for which a condition holds.
        A word on the left is a field of the element; `.` is the element itself.
          instances list | where status == running and not isTrial

        """)
  }

  @Test("the examples of the forms check as lines of a prompt")
  func examples() {
    // What `use` brings in stands in a file; its example is run with the documentation's.
    for entry in StatementTable.entries where entry.word != "use" {
      var sources = SourceMap()
      let source = Source(name: entry.word, text: entry.example + "\n")
      let parsed = Parser.parse(source, id: sources.add(source), mode: .file)
      let checked = Checker.check(
        parsed.script, mode: .shown, catalogue: .beeOS, session: Session())
      let mistakes = (parsed.diagnostics + checked.diagnostics).filter { $0.severity == .error }
      #expect(mistakes.isEmpty, "\(entry.word): \(mistakes.map(\.message))")
    }
  }
}

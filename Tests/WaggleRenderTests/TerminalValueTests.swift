import Testing
import WaggleRender
import WaggleText
import WaggleValues

/// What values look like on a terminal.
struct TerminalValueTests {
  private static let bee = RecordType(
    "Bee",
    [
      .init("id", .text), .init("name", .text), .init("status", .text), .init("createdAt", .time),
    ])
  /// 2026-05-14T18:00:00Z.
  private static let now = 1_778_781_600_000_000_000

  private func shown(_ json: String, as schema: Schema, width: Int) throws -> String {
    var reader = JSONReader(as: schema)
    let renderer = Renderer(style: .plain, width: width, sources: SourceMap())
    return renderer.text(
      of: try reader.read(json), as: .table, forTerminal: true, now: Self.now)
  }

  @Test(
    "times in a table are ages",
    arguments: [
      ("2026-05-14T18:00:00Z", "0s ago"), ("2026-05-14T17:58:01Z", "119s ago"),
      ("2026-05-14T17:58:00Z", "2m ago"), ("2026-05-14T16:00:00Z", "2h ago"),
      ("2026-05-13T00:00:00Z", "42h ago"), ("2026-05-12T18:00:00Z", "2d ago"),
      ("2025-05-14T18:00:00Z", "365d ago"), ("2026-05-14T18:05:00Z", "in 5m"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ])
  func age(_ time: String, _ age: String) throws {
    let table = try shown(
      "[{\"createdAt\":\"\(time)\"}]", as: .list(.typed(Self.bee)), width: 80)
    #expect(table.split(separator: "\n").last?.hasSuffix(age) == true, "\(table)")
  }

  @Test func `a card has both the time and its age`() throws {
    #expect(
      try shown(
        #"{"id":"b1","createdAt":"2026-05-14T15:00:00Z"}"#, as: .typed(Self.bee), width: 60)
        == "id         b1\ncreatedAt  2026-05-14T15:00:00Z (3h ago)\n")
  }

  @Test func `a card folds long values at spaces, and cuts them after four lines`() throws {
    let words = Array(repeating: "word", count: 30).joined(separator: " ")
    #expect(
      try shown("{\"id\":\"b1\",\"text\":\"\(words)\"}", as: .any, width: 30) == """
        id    b1
        text  word word word word word
              word word word word word
              word word word word word
              word word word word wor…

        """)
  }

  @Test func `where there is no room beside the keys, values stand below them`() throws {
    #expect(
      try shown(#"{"identity":"bee-1","none":null,"text":"蜂蜂蜂蜂蜂蜂蜂蜂蜂蜂"}"#, as: .any, width: 20)
        == """
        identity
          bee-1
        none
        text
          蜂蜂蜂蜂蜂蜂蜂蜂蜂
          蜂

        """)
  }

  @Test func `a table that does not fit keeps ids whole and leaves out its last columns`() throws {
    let json =
      #"[{"id":"instance_100","name":"a long name","status":"provisioning","createdAt":null}]"#
    #expect(
      try shown(json, as: .list(.typed(Self.bee)), width: 26) == """
        id            name       …
        instance_100  a long na… …

        """)
  }
}

import Testing
import WaggleRender
import WaggleText
import WaggleValues

/// What values look like as `--output` says.
struct ValueTests {
  private let renderer = Renderer(style: .plain, width: 29, sources: SourceMap())

  private func read(_ json: String) throws -> Value {
    var reader = JSONReader()
    return try reader.read(json)
  }

  private func table(_ json: String, forTerminal: Bool = false) throws -> String {
    renderer.text(of: try read(json), as: .table, forTerminal: forTerminal)
  }

  @Test func `records are rows, with every key that one of them has`() throws {
    #expect(
      try table(#"[{"id":"a","n":1},{"id":"bcd","n":20,"x":[1]},{"id":null,"n":3}]"#) == """
        id    n  x
        a     1
        bcd  20  [1]
              3

        """)
  }

  @Test func `wide characters are measured`() throws {
    #expect(
      try table(#"[{"name":"蜂","s":"x"},{"name":"🐝🐝🐝","s":"y"}]"#) == """
        name    s
        蜂      x
        🐝🐝🐝  y

        """)
  }

  @Test func `control characters of the API are spelled out`() throws {
    #expect(try table(#"[{"name":"\u001b[2J\n"}]"#) == "name\n\\e[2J\\n\n")
    #expect(try table(#"{"name":"\u001b[2J\n"}"#) == "name  \\e[2J\\n\n")
  }

  @Test func `a terminal's table is as wide as the terminal at most, its first column cut last`()
    throws
  {
    let json = #"[{"a":"12345678901234567890","b":"12345678901234567890","c":1}]"#
    #expect(
      try table(json, forTerminal: true) == """
        a                 b         c
        123456789012345…  1234567…  1

        """)
    #expect(try table(json).contains("12345678901234567890  12345678901234567890  1"))
  }

  @Test func `a record is a card, and anything else its text`() throws {
    #expect(
      try table(#"{"id":"a","status":"running","none":null}"#)
        == "id      a\nstatus  running\nnone\n")
    #expect(try table("[1,2]") == "[1,2]\n")
    #expect(try table("[]") == "[]\n")
    #expect(try table("1.10") == "1.10\n")
    #expect(try table("null") == "")
  }

  @Test func `JSON is a line for programs and indented for people`() throws {
    let value = try read(#"{"a": [1.10, "x"]}"#)
    #expect(renderer.text(of: value, as: .json, forTerminal: false) == #"{"a":[1.10,"x"]}"# + "\n")
    #expect(
      renderer.text(of: value, as: .json, forTerminal: true)
        == "{\n  \"a\": [\n    1.10,\n    \"x\"\n  ]\n}\n")
  }

  @Test func `secrets stay hidden in every form`() throws {
    let value = Value.list(try List([.record(try Record([("key", .secret(Secret("abc")))]))]))
    #expect(renderer.text(of: value, as: .table, forTerminal: false) == "key\n••••\n")
    #expect(renderer.text(of: value, as: .json, forTerminal: false) == "[{\"key\":\"••••\"}]\n")
  }
}

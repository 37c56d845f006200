import Testing
import WaggleValues

@Suite struct TextBuilderTests {
  @Test(
    "values print as the language says",
    arguments: [
      ("null", ""), ("true", "true"), ("42", "42"), ("2.0", "2.0"), ("0.1", "0.1"),
      ("1e21", "1e21"), ("1.10", "1.10"), (#""a\nb""#, "a\nb"), (#""90m""#, "1h30m"),
      (#""@2026-05-14T20:00:00+02:00""#, "2026-05-14T20:00:00+02:00"), ("[1, null]", "[1,null]"),
      (#"{"a": "x\"y"}"#, #"{"a":"x\"y"}"#), (#""!key""#, "••••"),
    ])
  func prints(_ json: String, _ text: String) throws {
    #expect(try value(json).plainText == text)
  }

  @Test("computed doubles print as the shortest text that reads back")
  func doubles() {
    #expect(Value.float(0.1 + 0.2).plainText == "0.30000000000000004")
    #expect(Value.float(100).plainText == "100.0")
    #expect(Value.float(1e16).plainText == "1e+16")
  }

  @Test("text with a secret in it is a secret, also through JSON")
  func taint() throws {
    var builder = TextBuilder()
    builder.append("token=")
    builder.append(try value(#""!key""#))
    let text = builder.finish()
    #expect(text.kind == .secret)
    #expect(text.revealedText == "token=key")
    #expect(text.plainText == "••••")

    let record = Value.record(try Record([("k", .secret(Secret("a\"b")))]))
    #expect(record.json() == #"{"k":"••••"}"#)
    #expect(record.plainText == #"{"k":"••••"}"#)
    #expect(record.asText.kind == .secret)
    #expect(record.asText.revealedText == #"{"k":"a\"b"}"#)
    #expect(String(decoding: record.revealedJSON, as: UTF8.self) == #"{"k":"a\"b"}"#)
  }

  @Test("text without a secret is text")
  func plain() {
    var builder = TextBuilder()
    builder.append("n=")
    builder.append(.int(1))
    builder.append(.null)
    #expect(builder.finish().kind == .text)
  }

  @Test("pretty JSON has a line for each element and two spaces a level")
  func pretty() throws {
    let record = try value(#"{"a":[1,{"b":2}],"c":[],"d":{}}"#)
    #expect(
      record.json(isPretty: true) == """
        {
          "a": [
            1,
            {
              "b": 2
            }
          ],
          "c": [],
          "d": {}
        }
        """)
  }

  @Test("JSON escapes quotes, backslashes and control characters and nothing else")
  func escapes() {
    let text = Value.text("\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1F}\u{7F}é🐝\u{2028}")
    #expect(text.json() == "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u{7F}é🐝\u{2028}\"")
  }
}

@Suite struct SafeTextTests {
  @Test(
    "what would act on a terminal is spelled as an escape",
    arguments: [
      ("scout é🐝", "scout é🐝"), ("\u{1B}[31mred", "\\e[31mred"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
      ("\u{0}\u{7F}\u{9B}31m", "\\u{0}\\u{7F}\\u{9B}31m"), ("\u{202E}txt.exe", "\\u{202E}txt.exe"),
      ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\u{2028}", "\\u{2028}"), ("", ""),
      ("\u{FEFF}x", "\\u{FEFF}x"), ("\u{E0041}", "\\u{E0041}"),
    ])
  func safe(_ raw: String, _ text: String) { #expect(SafeText(raw).text == text) }

  @Test("line ends and tabs stay where lines are wanted")
  func lines() {
    #expect(SafeText("a\n\tb\r\u{1B}", keepsLines: true).text == "a\n\tb\\r\\e")
  }
}

@Suite struct SchemaTests {
  private static let bee = RecordType("Agent", [.init("id", .text)])

  @Test("a schema has a name with its article")
  func names() {
    let schemas: [(Schema, String)] = [
      (.text, "a text"), (.int, "an int"), (.list(.text), "a list of text"), (.any, "any value"),
      (.choice(["stopped", "running"], open: false), "one of stopped, running"),
      (.typed(Self.bee), "an Agent"), (.record(nil), "a record"), (.null, "null"),
      (.duration, "a duration"),
    ]
    for (schema, name) in schemas { #expect(schema.withArticle == name) }
  }

  @Test("a schema matches its own values and no others")
  func matching() throws {
    let typed = Value.record(try Record([("id", .text("x"))], type: Self.bee))
    let cases: [(Schema, String, Bool)] = [
      (.any, "[1]", true), (.int, "1", true), (.int, "1.0", false),
      (.int, "12345678901234567890", true), (.float, "1", true), (.number, "1.10", true),
      (.text, "1", false), (.text, #""x""#, true), (.text, #""!x""#, true),
      (.secret, #""x""#, false), (.choice(["a"], open: false), #""a""#, true),
      (.choice(["a"], open: false), #""b""#, false), (.choice(["a"], open: true), #""b""#, true),
      (.time, #""2026-05-14T18:00:00Z""#, true), (.time, #""may""#, false),
      (.list(.int), "[1,2]", true), (.list(.int), #"[1,"a"]"#, false), (.list(.int), "1", false),
      (.record([("a", .int)]), #"{"a":1,"b":2}"#, true),
      (.record([("a", .int)]), #"{"b":2}"#, false), (.record(nil), "{}", true),
      (.typed(Self.bee), #"{"id":"x"}"#, false), (.null, "null", true), (.null, "1", false),
    ]
    for (schema, json, isMatch) in cases {
      #expect(try schema.matches(value(json)) == isMatch, "\(schema.description) \(json)")
    }
    #expect(Schema.typed(Self.bee).matches(typed))
  }

  @Test("a mismatch names what it is for, what it must be and what it is")
  func mismatch() {
    #expect(
      Schema.int.mismatch("`--page`", .text("x")).message
        == "`--page` must be an int, but is `x`")
    #expect(
      Schema.list(.text).mismatch("`models`", .null).message
        == "`models` must be a list of text, but is null")
    #expect(
      Schema.int.mismatch("`--page`", .secret(Secret("x"))).message
        == "`--page` must be an int, but is a secret")
  }
}

@Suite("Looking for a text in a text") struct TextSearchTests {
  @Test(
    "finds all its places, from the left and without overlaps",
    arguments: [
      ("abcabc", "bc", [1, 4]), ("aaaa", "aa", [0, 2]), ("aaab", "aab", [1]), ("", "a", []),
      ("abc", "", []), ("é-é", "é", [0, 3]), ("ababac", "abac", [2]), ("a", "ab", []),
    ])
  func places(_ text: String, _ sought: String, _ offsets: [Int]) {
    #expect(TextSearch(sought).offsets(in: text) == offsets)
    #expect(TextSearch(sought).isFound(in: text) == (sought.isEmpty || !offsets.isEmpty))
  }
}

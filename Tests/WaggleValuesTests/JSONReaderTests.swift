import Testing
import WaggleValues

private func read(_ text: String, as schema: Schema = .any) throws -> Value {
  var reader = JSONReader(as: schema)
  return try reader.read(text)
}

private func failure(_ bytes: [UInt8]) -> JSONError? {
  var reader = JSONReader()
  do throws(JSONError) {
    _ = try reader.read(bytes)
    return nil
  } catch { return error }
}

@Suite struct JSONReaderTests {
  @Test(
    "what is read prints back as it came",
    arguments: [
      "null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808",
      "12345678901234567890", "-0", "1.10", "1.0", "2.5", "1e5", "1E+05", "0.00001", "1e400",
      "123456789012345.5", "0.1", "-0.0", "100000000000000000000000.5",
      #""""#, #""a""#, #""sixteen letters!""#, #""é🐝""#, #""\"\\\n\t\u0001""#,
      "[]", "{}", "[1,[2,[]],{}]", #"{"a":1,"b":{"c":[null]}}"#,
      "{\"\":1,\"é\":2,\"e\u{301}\":3}",
    ])
  func roundTrip(_ text: String) throws {
    #expect(try read(text).json() == text)
  }

  @Test("white space may stand between all parts")
  func whiteSpace() throws {
    let value = try read(" {\n\t\"a\" : [ 1 , 2 ] ,\r\n \"b\" : { } } ")
    #expect(value.json() == #"{"a":[1,2],"b":{}}"#)
  }

  @Test(
    "bad text ends in an error with its offset",
    arguments: [
      ("", JSONError.Cause.unexpectedEnd, 0), (" ", .unexpectedEnd, 1),
      ("[1,]", .unexpected(0x5D, wanted: "a value"), 3),
      ("[1 2]", .unexpected(0x32, wanted: "`,` or `]`"), 3),
      ("[1", .unexpectedEnd, 2), ("{", .unexpectedEnd, 1),
      (#"{"a" 1}"#, .unexpected(0x31, wanted: "`:`"), 5),
      (#"{a:1}"#, .unexpected(0x61, wanted: "a key in quotes"), 1),
      (#"{"a":1,}"#, .unexpected(0x7D, wanted: "a key in quotes"), 7),
      ("1 x", .trailing(0x78), 2), ("nul", .unexpected(0x6E, wanted: "a value"), 0),
      ("01", .badNumber, 0), ("-", .badNumber, 0), ("1.", .badNumber, 0), ("1e", .badNumber, 0),
      ("-01", .badNumber, 0), ("+1", .unexpected(0x2B, wanted: "a value"), 0),
      ("\u{FEFF}1", .byteOrderMark, 0), ("\"a\nb\"", .controlCharacter(0x0A), 2),
      (#""\x""#, .badEscape, 1), (#""\u12G4""#, .badEscape, 1), (#""\u12"#, .unexpectedEnd, 5),
      (#""a"#, .unexpectedEnd, 2), (#""a\"#, .unexpectedEnd, 3),
    ] as [(String, JSONError.Cause, Int)])
  func badText(_ text: String, _ cause: JSONError.Cause, _ offset: Int) {
    let failure = failure(Array(text.utf8))
    #expect(failure?.cause == cause)
    #expect(failure?.offset == offset)
  }

  @Test("bytes that are not UTF-8 are an error at the first of them")
  func invalidUTF8() {
    let cases: [([UInt8], Int)] = [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2), ([0x22, 0xC0, 0x80, 0x22], 1),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xC3, 0xA9, 0x80, 0x22], 3),
      ([0x22, 0x5C, 0x6E, 0xFF, 0x22], 3),
    ]
    for (bytes, offset) in cases {
      #expect(failure(bytes) == JSONError(.invalidUTF8, offset: offset))
    }
    #expect(failure([0xFF])?.cause == .unexpected(0xFF, wanted: "a value"))
  }

  @Test(
    "escapes stand for their characters, half a surrogate pair for U+FFFD",
    arguments: [
      (#""\ud83d\udc1d""#, "🐝"), (#""\u00e9\u0041""#, "éA"),
      (#""\/\b\f\n\r\t""#, "/\u{8}\u{C}\n\r\t"),
      (#""\ud83d""#, "\u{FFFD}"), (#""\udc1d!""#, "\u{FFFD}!"),
      (#""\ud83d\ud83d\udc1d""#, "\u{FFFD}🐝"),
      (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\u0000""#, "\u{0}"),
      (#""long enough for memory of its own \u00e9""#, "long enough for memory of its own é"),
    ])
  func escapes(_ json: String, _ text: String) throws {
    #expect(try read(json).revealedText == text)
  }

  @Test(
    "of a key that comes twice the last value stands in the first place",
    arguments: [
      (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
      (#"[{"a":1,"b":2},{"a":1,"a":[2],"b":3,"b":4}]"#, #"[{"a":1,"b":2},{"a":[2],"b":4}]"#),
      (#"{"a":1,"\u0061":2}"#, #"{"a":2}"#),
      (#"[{"a":1,"b":2},{"a":1,"b":2,"a":5}]"#, #"[{"a":1,"b":2},{"a":5,"b":2}]"#),
    ])
  func duplicates(_ json: String, _ printed: String) throws {
    #expect(try read(json).json() == printed)
  }

  @Test("512 levels are read, one more is an error and so are 100,000")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    var reader = JSONReader()
    #expect(try reader.read(nested(512)).depth == 512)
    #expect(failure(nested(513)) == JSONError(.tooDeep, offset: 512))
    #expect(failure(Array(repeating: 0x5B, count: 100_000))?.cause == .tooDeep)
    let records = String(repeating: #"{"a":"#, count: 513)
    #expect(failure(Array(records.utf8)) == JSONError(.tooDeep, offset: 512 * 5))
    #expect(
      failure(nested(513))?.message
        == "lists and records must nest at most 512 deep, but at byte 512 they nest deeper")
  }

  @Test("records with fields that come and go read right, whatever came before")
  func changingKeys() throws {
    let records = [
      #"{"id":1,"name":"ada","tags":[]}"#, #"{"id":2,"tags":[{"k":1}]}"#, #"{}"#,
      #"{"name":"bo","id":3}"#, #"{"id":4,"name":"cy","tags":[],"more":{"id":1}}"#,
      #"{"id":5,"name":"di","tags":[{"k":1,"v":2},{"v":3}]}"#, #"{"id":6,"name":"ed"}"#,
    ]
    let page = "[" + (records + records.reversed() + records).joined(separator: ",") + "]"
    var reader = JSONReader()
    for _ in 0..<3 { #expect(try reader.read(page).json() == page) }
    let spaced = page.replacing(",", with: " ,\n ").replacing(":", with: " : ")
    #expect(try reader.read(spaced).json() == page)
  }

  @Test("records with the same keys have one shape, from whatever reader")
  func shapes() throws {
    let type = RecordType("Own", [])
    let list = try read(#"[{"id":1,"b":2},{ "id" : 3, "b" : 4 }]"#, as: .list(.typed(type)))
    guard case .list(let records) = list, case .record(let first) = records.elements[0],
      case .record(let second) = records.elements[1],
      case .record(let other) = try read(#"{"id":5,"b":6}"#, as: .typed(type))
    else {
      Issue.record("records expected")
      return
    }
    #expect(first.shape === second.shape)
    #expect(first.shape === other.shape)
    #expect(try first.shape === Record([("id", .null), ("b", .null)], type: type).shape)
  }

  @Test("a record with more keys than are remembered keeps all of them")
  func manyKeys() throws {
    let fields = (0..<2000).map { "\"key-\($0)\":\($0)" }
    let json = "{" + fields.joined(separator: ",") + #","key-7":"seven"}"#
    let value = try read("[\(json),\(json)]")
    guard case .list(let list) = value, case .record(let record) = list.elements[1] else {
      Issue.record("records expected")
      return
    }
    #expect(record.count == 2000)
    #expect(record["key-7"]?.plainText == "seven")
    #expect(record["key-1999"]?.plainText == "1999")
  }

  private static let task = RecordType("Task", [.init("at", .time)])
  private static let bee = RecordType(
    "Bee",
    [
      .init("id", .text), .init("startedAt", .time), .init("key", .secret),
      .init("tasks", .list(.typed(task))), .init("config", .record(nil)),
    ])

  @Test("a schema makes typed records, times and secrets, at any depth, and refuses nothing")
  func schema() throws {
    let bee =
      #"{"id":"2026-05-14T18:00:00Z","startedAt":"2026-05-14T18:00:00Z","key":"abc","#
      + #""tasks":[{"at":"2026-05-14T18:00:00.5+02:00"},{"at":"soon"}],"config":{"a":1}}"#
    let odd = #"{"id":7,"startedAt":null,"extra":"2026-05-14T18:00:00Z"}"#
    let json = #"{"success":true,"data":[\#(bee),\#(odd)],"total":2}"#
    let schema = Schema.record([("data", .list(.typed(Self.bee)))])
    var reader = JSONReader(as: schema)
    for _ in 0..<2 {
      guard case .record(let envelope) = try reader.read(json),
        case .list(let data)? = envelope["data"],
        case .record(let bee) = data.elements[0], case .record(let odd) = data.elements[1],
        case .list(let tasks)? = bee["tasks"], case .record(let task) = tasks.elements[0],
        case .record(let vague) = tasks.elements[1], case .record(let config)? = bee["config"]
      else {
        Issue.record("the envelope came out otherwise")
        return
      }
      #expect(envelope.type == nil && config.type == nil)
      #expect(bee.type === Self.bee && odd.type === Self.bee && task.type === Self.task)
      #expect(bee["id"]?.kind == .text && odd["id"]?.kind == .int)
      #expect(bee["startedAt"]?.kind == .time && odd["startedAt"]?.kind == .null)
      #expect(bee["key"]?.kind == .secret && odd["extra"]?.kind == .text)
      #expect(task["at"]?.kind == .time && vague["at"]?.kind == .text)
      #expect(try odd.field("tasks").isNull)
      #expect(String(decoding: Value.record(envelope).revealedJSON, as: UTF8.self) == json)
    }
  }

  @Test("any bytes end in a value that prints and reads back the same, or in an error within them")
  func anyBytes() {
    let seeds = [
      #"{"id":"a","n":[1,-2.5e3,true,null],"t":{"é":"\ud83d\udc1d\n"}}"#,
      #"[{"a":1,"b":"sixteen letters!"},{"b":"sixteen letters!","a":1.10}]"#,
    ]
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array(#"{}[]:,"\u01eE+-. tfn"#.utf8) + [0, 0xC3, 0xA9, 0xFF]
    for round in 0..<20_000 {
      var bytes = Array(seeds[round % 2].utf8)
      for _ in 0...next(4) {
        let position = next(bytes.count)
        switch next(3) {
        case 0: bytes[position] = alphabet[next(alphabet.count)]
        case 1: bytes.remove(at: position)
        default: bytes.insert(alphabet[next(alphabet.count)], at: position)
        }
      }
      var reader = JSONReader()
      do throws(JSONError) {
        let value = try reader.read(bytes)
        let printed = value.json()
        let again = try reader.read(printed)
        #expect(again.json() == printed && Value.isSame(value, again))
      } catch {
        #expect((0...bytes.count).contains(error.offset), "\(error.message)")
      }
    }
  }
}

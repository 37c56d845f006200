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
      #"{"":1,"é":2,"e\u0301":3}"#
        .replacingEscapes,
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
}

extension String {
  fileprivate var replacingEscapes: String {
    let parts = split(separator: "\\u0301", omittingEmptySubsequences: false)
    return parts.joined(separator: "\u{301}")
  }
}

import Testing
import WaggleValues

@Suite struct NumberTests {
  @Test(
    "a JSON number is an int or a double where that prints it back",
    arguments: [
      ("0", "int"), ("-7", "int"), ("999999999999999999", "int"), ("9223372036854775807", "int"),
      ("-9223372036854775808", "int"), ("9223372036854775808", "exact"), ("-0", "exact"),
      ("0.0", "double"), ("-0.0", "double"), ("2.0", "double"), ("2.00", "exact"),
      ("1.10", "exact"), ("1.5", "double"), ("1e5", "exact"), ("1.5E3", "exact"),
      ("0.0001", "double"), ("0.00001", "exact"), ("99999999999999.5", "double"),
      ("1234567890123456.5", "exact"), ("1000000000000000.0", "exact"), ("1e400", "exact"),
      ("0.1234567890123456", "exact"),
    ])
  func form(_ spelling: String, _ form: String) throws {
    let value = try #require(Value.number(fromJSONSpelling: spelling))
    let actual =
      switch value {
      case .int: "int"
      case .float: "double"
      default: "exact"
      }
    #expect(actual == form)
    #expect(value.json() == spelling)
    #expect(value.plainText == spelling)
  }

  @Test(
    "what is no JSON number gives nil",
    arguments: ["", "-", "+1", ".5", "1.", "01", "1e", "1e+", "0x1", "1_000", "NaN", " 1", "1 "])
  func notANumber(_ spelling: String) {
    #expect(Value.number(fromJSONSpelling: spelling)?.plainText == nil)
  }

  @Test(
    "a word reads as a number, a duration or a constant, and as nothing else",
    arguments: [
      ("42", "42"), ("-1", "-1"), ("3.5", "3.5"), ("1e6", "1000000.0"), ("1_000", "1000"),
      ("1_0.5", "10.5"), ("1e-7", "1e-07"), ("true", "true"), ("false", "false"),
      ("5m", "5m"), ("1h30m", "1h30m"), ("-2s", "-2s"),
      ("007", nil), ("+5", nil), (".5", nil), ("2026-05-14", nil), ("1_", nil), ("_1", nil),
      ("1__0", nil), ("1_.5", nil), ("gpt-4o", nil), ("-", nil), ("", nil), ("5x", nil),
      ("1m30", nil), ("True", nil),
    ] as [(String, String?)])
  func word(_ word: String, _ printed: String?) throws {
    #expect(try Value.reading(word: word)?.plainText == printed)
  }

  @Test(
    "a number in a script that 64 bits do not hold is an error",
    arguments: ["9223372036854775808", "-9223372036854775809", "1e999"])
  func tooLarge(_ literal: String) {
    let error = #expect(throws: ValueError.self) { try Value.number(fromLiteral: literal) }
    #expect(error?.message == "a number must be within 64 bits, but is `\(literal)`")
  }

  @Test("a literal keeps its value and not its spelling")
  func literal() throws {
    #expect(try Value.number(fromLiteral: "1.10")?.plainText == "1.1")
    #expect(try Value.number(fromLiteral: "-0")?.plainText == "0")
  }
}

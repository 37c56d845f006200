import Testing
import WaggleValues

/// The value of JSON, with `5m` and `@2026-…` in strings as durations and times, `!x` as secrets.
func value(_ json: String) throws -> Value {
  var reader = JSONReader()
  return try marked(reader.read(json))
}

private func marked(_ value: Value) throws -> Value {
  guard case .text(let text) = value else { return value }
  if text.hasPrefix("@") { return .time(try Timestamp(parsing: String(text.dropFirst()))) }
  if text.hasPrefix("!") { return .secret(Secret(String(text.dropFirst()))) }
  return try Duration(spelling: text).map { .duration($0) } ?? value
}

@Suite struct ArithmeticTests {
  @Test(
    "operators calculate",
    arguments: [
      ("1", "+", "2", "3"), ("1", "-", "2", "-1"), ("3", "*", "4", "12"),
      ("6", "/", "3", "2"), ("7", "/", "2", "3.5"), ("-7", "//", "2", "-4"),
      ("7", "//", "-2", "-4"),
      ("-7", "%", "2", "1"), ("7", "%", "-2", "-1"), ("6", "%", "-3", "0"),
      ("1", "+", "0.5", "1.5"), ("1.5", "+", "1.5", "3.0"), ("7.5", "//", "2", "3.0"),
      ("-7.5", "//", "2", "-4.0"), ("-7.5", "%", "2", "0.5"), ("1.10", "+", "1", "2.1"),
      ("-9223372036854775808", "%", "-1", "0"), ("-0", "+", "1", "1"), ("1e2", "/", "4", "25.0"),
      (#""a""#, "+", #""b""#, #""ab""#), ("[1]", "+", "[2,3]", "[1,2,3]"),
      (#"{"a":1,"b":2}"#, "+", #"{"a":3,"c":4}"#, #"{"a":3,"b":2,"c":4}"#),
      (#""1h""#, "+", #""30m""#, #""1h30m""#), (#""1h""#, "-", #""90m""#, #""-30m""#),
      (#""90s""#, "*", "2", #""3m""#), ("1.5", "*", #""1m""#, #""1m30s""#),
      (#""1s""#, "/", "2", #""500ms""#), (#""1s""#, "/", "3", #""333.333333ms""#),
      (#""2s""#, "/", "3", #""666.666667ms""#), (#""1m""#, "/", #""1s""#, "60"),
      (#""1s""#, "/", #""1m""#, "0.016666666666666666"), (#""90s""#, "//", #""1m""#, "1"),
      (#""90s""#, "%", #""1m""#, #""30s""#), (#""7s""#, "//", "2", #""3.5s""#),
      (#""1s""#, "*", "0.5", #""500ms""#), (#""1s""#, "/", "0.5", #""2s""#),
      (#""@2026-05-14T18:00:00Z""#, "-", #""@2026-05-14T17:00:00Z""#, #""1h""#),
      (#""@2026-05-14T20:00:00+02:00""#, "+", #""1.5s""#, #""2026-05-14T18:00:01.5Z""#),
      (#""1d""#, "+", #""@2024-02-28T00:00:00Z""#, #""2024-02-29T00:00:00Z""#),
      (#""@2026-01-01T00:00:00Z""#, "-", #""1s""#, #""2025-12-31T23:59:59Z""#),
    ])
  func calculates(_ left: String, _ operation: String, _ right: String, _ result: String) throws {
    let arithmetic = try #require(Arithmetic(rawValue: operation))
    #expect(try Value.calculate(value(left), arithmetic, value(right)).json() == result)
  }

  @Test(
    "what does not fit, divides by zero or does not go together is an error",
    arguments: [
      (
        "9223372036854775807", "+", "1",
        "the result of `9223372036854775807 + 1` must be within 64 bits, but is larger"
      ),
      (
        "-9223372036854775808", "-", "1",
        "the result of `-9223372036854775808 - 1` must be within 64 bits, but is larger"
      ),
      (
        "9223372036854775807", "*", "2",
        "the result of `9223372036854775807 * 2` must be within 64 bits, but is larger"
      ),
      (
        "-9223372036854775808", "/", "-1",
        "the result of `-9223372036854775808 / -1` must be within 64 bits, but is larger"
      ),
      (
        "-9223372036854775808", "//", "-1",
        "the result of `-9223372036854775808 // -1` must be within 64 bits, but is larger"
      ),
      (
        "1.5e308", "*", "10",
        "the result of `1.5e+308 * 10.0` must be within 64 bits, but is larger"
      ),
      ("1", "/", "0", "the divisor must be other than zero, but `1 / 0` divides by zero"),
      ("1", "%", "0", "the divisor must be other than zero, but `1 % 0` divides by zero"),
      ("1.5", "//", "0", "the divisor must be other than zero, but `1.5 // 0.0` divides by zero"),
      (
        #""1s""#, "/", #""0s""#,
        "the divisor must be other than zero, but `1s / 0s` divides by zero"
      ),
      (#""1s""#, "/", "0", "the divisor must be other than zero, but `1s / 0` divides by zero"),
      (
        #""106751d""#, "*", "2", "the result of `106751d * 2` must be within 64 bits, but is larger"
      ),
      (
        #""106751d""#, "+", #""1d""#,
        "the result of `106751d + 1d` must be within 64 bits, but is larger"
      ),
      (
        #""106751d""#, "*", "1.5",
        "the result of `106751d * 1.5` must be within 64 bits, but is larger"
      ),
      (
        "12345678901234567890", "+", "1",
        "a number must be within 64 bits, but is `12345678901234567890`"
      ),
      (
        "1", "+", "null",
        "the sides of `+` must be two numbers, durations, texts, lists or records, or a time and a duration, but are int and null"
      ),
      (
        #""a""#, "+", "1",
        "the sides of `+` must be two numbers, durations, texts, lists or records, or a time and a duration, but are text and int"
      ),
      (
        "true", "*", "2",
        "the sides of `*` must be two numbers, or a duration and a number, but are bool and int"
      ),
      (
        #""1s""#, "*", #""1s""#,
        "the sides of `*` must be two numbers, or a duration and a number, but are duration and duration"
      ),
      (
        "1", "/", #""1s""#,
        "the sides of `/` must be numbers or durations, but are int and duration"
      ),
      (
        #""1s""#, "+", "1",
        "the sides of `+` must be two numbers, durations, texts, lists or records, or a time and a duration, but are duration and int"
      ),
    ])
  func refuses(_ left: String, _ operation: String, _ right: String, _ message: String) throws {
    let arithmetic = try #require(Arithmetic(rawValue: operation))
    let (left, right) = try (value(left), value(right))
    let error = #expect(throws: ValueError.self) {
      try Value.calculate(left, arithmetic, right)
    }
    #expect(error?.message == message)
  }

  @Test(
    "unary minus takes numbers and durations",
    arguments: [("1", "-1"), ("-2.5", "2.5"), (#""5m""#, #""-5m""#), ("1.10", "-1.1")])
  func negates(_ operand: String, _ result: String) throws {
    #expect(try Value.negate(value(operand)).json() == result)
  }

  @Test("unary minus refuses what has no negative")
  func refusesToNegate() throws {
    let error = #expect(throws: ValueError.self) { try Value.negate(.text("a")) }
    #expect(error?.message == "what follows `-` must be a number or a duration, but is a text")
    #expect(throws: ValueError.self) { try Value.negate(.int(.min)) }
    #expect(throws: ValueError.self) { try Value.negate(.duration(Duration(nanoseconds: .min))) }
  }

  @Test("what is added to a secret is a secret")
  func taint() throws {
    let sum = try Value.add(value(#""!key""#), .text("-1"))
    #expect(sum.kind == .secret)
    #expect(sum.revealedText == "key-1")
    #expect(try Value.add(.text("Bearer "), value(#""!key""#)).kind == .secret)
  }

  @Test("adding in place gives what adding gives")
  func inPlace() throws {
    let pairs = [
      ("1", "2"), (#""a""#, #""b""#), ("[1]", "[[2]]"), (#"{"a":1}"#, #"{"a":2,"b":3}"#),
      (#""!s""#, #""t""#), (#""t""#, #""!s""#), (#""1s""#, #""1s""#),
    ]
    for (left, right) in pairs {
      var sum = try value(left)
      try Value.add(into: &sum, value(right))
      let expected = try Value.add(value(left), value(right))
      #expect(Value.isSame(sum, expected))
      #expect(sum.kind == expected.kind && sum.depth == expected.depth)
    }
    var number = Value.int(1)
    #expect(throws: ValueError.self) { try Value.add(into: &number, .text("a")) }
    #expect(number.plainText == "1")
  }

  @Test("adding in place leaves copies alone")
  func copies() throws {
    var list = try value("[1]")
    let copy = list
    try Value.add(into: &list, value("[2]"))
    #expect(copy.json() == "[1]")
    #expect(list.json() == "[1,2]")
  }
}

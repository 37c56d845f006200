import Testing
import WaggleValues

@Suite struct OrderTests {
  @Test(
    "equality within a kind, between numbers, and with null",
    arguments: [
      ("null", "null", true), ("null", "3", false), ("[]", "null", false), ("1", "1.0", true),
      ("1", "2", false), ("1.10", "1.1", true), ("1e2", "100", true), ("-0", "0", true),
      ("9007199254740993", "9007199254740992.0", false),
      ("9007199254740992", "9007199254740992.0", true),
      ("9223372036854775807", "9.223372036854775807e18", false),
      ("12345678901234567890", "12345678901234567890", true),
      ("12345678901234567890", "12345678901234567891", false),
      ("18446744073709551616", "1.8446744073709551616e19", true),
      ("1e400", "10e399", true), ("1e400", "1e401", false),
      (#""a""#, #""a""#, true), (#""é""#, "\"e\u{301}\"", false), ("true", "true", true),
      (#""60s""#, #""1m""#, true), ("[1,2]", "[1.0,2]", true), ("[1]", #"["1"]"#, false),
      ("[1]", "[1,2]", false), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, true),
      (#"{"a":null}"#, "{}", false), (#""!k""#, #""k""#, true), (#""!k""#, #""!j""#, false),
      (#""@2026-05-14T18:00:00Z""#, #""@2026-05-14T20:00:00+02:00""#, true),
      (#""@2026-05-14T18:00:00Z""#, #""2026-05-14T18:00:00.0Z""#, true),
      (#""2026-05-14T18:00:01Z""#, #""@2026-05-14T18:00:00Z""#, false),
    ])
  func equality(_ left: String, _ right: String, _ isEqual: Bool) throws {
    let (left, right) = try (value(left), value(right))
    #expect(try Value.equals(left, right) == isEqual)
    #expect(try Value.equals(right, left) == isEqual)
    #expect(try Value.compare(left, .notEqual, right) == !isEqual)
  }

  @Test(
    "order of numbers, texts, durations, times and bools",
    arguments: [
      ("1", "2"), ("1", "1.5"), ("-1.5", "-1"), ("9007199254740992.0", "9007199254740993"),
      ("9223372036854775807", "9223372036854775808"), ("-1e400", "-1e300"),
      ("12345678901234567890", "12345678901234567891"), ("1.5", "1e400"),
      ("-12345678901234567890", "0"), ("99999999999999999999", "1e20"), ("0.1", "0.10001"),
      (#""Z""#, #""a""#), (#""""#, #""a""#), (#""a""#, #""ab""#), (#""z""#, #""é""#),
      (#""59s""#, #""1m""#), ("false", "true"),
      (#""@2026-05-14T18:00:00+01:00""#, #""@2026-05-14T18:00:00Z""#),
      (#""@2026-05-14T18:00:00Z""#, #""2026-05-14T18:00:00.1Z""#),
      (#""2026-05-14T17:00:00Z""#, #""@2026-05-14T18:00:00Z""#),
    ])
  func order(_ smaller: String, _ greater: String) throws {
    let (a, b) = try (value(smaller), value(greater))
    #expect(try Value.compare(a, .less, b))
    #expect(try Value.compare(a, .lessOrEqual, b))
    #expect(try Value.compare(b, .greater, a))
    #expect(try Value.compare(b, .greaterOrEqual, a))
    #expect(try !Value.compare(b, .less, a))
    #expect(try !Value.compare(a, .greaterOrEqual, b))
    #expect(try Value.sortOrder(a, b) < 0)
    #expect(try Value.sortOrder(b, a) > 0)
  }

  @Test("comparing with null is false, and null sorts last")
  func null() throws {
    for comparison in [Comparison.less, .lessOrEqual, .greater, .greaterOrEqual] {
      #expect(try !Value.compare(.null, comparison, .int(1)))
      #expect(try !Value.compare(.int(1), comparison, .null))
      #expect(try !Value.compare(.null, comparison, .null))
    }
    #expect(try Value.sortOrder(.null, .int(1)) > 0)
    #expect(try Value.sortOrder(.int(1), .null) < 0)
    #expect(try Value.sortOrder(.null, .null) == 0)
  }

  @Test(
    "kinds that do not go together are an error",
    arguments: [
      ("1", "==", #""1""#, "both sides of `==` must be of one kind, but are int and text"),
      ("true", "!=", "1", "both sides of `==` must be of one kind, but are bool and int"),
      ("[1]", "==", #"{"a":1}"#, "both sides of `==` must be of one kind, but are list and record"),
      (#""1s""#, "<", "1", "both sides of `<` must be of one kind, but are duration and int"),
      (
        "[1]", "<", "[2]",
        "what is put in order must be numbers, texts, durations, times or bools, but is a list"
      ),
      (
        #""@2026-05-14T18:00:00Z""#, "==", #""May 14""#,
        "a time must be RFC 3339 like `2026-05-14T18:00:00Z`, but is `May 14`"
      ),
      (
        #""@2026-05-14T18:00:00Z""#, ">", #""2026-05-14""#,
        "a time must be RFC 3339 like `2026-05-14T18:00:00Z`, but is `2026-05-14`"
      ),
      ("1", "in", "2", "the right side of `in` must be a list or a text, but is an int"),
      ("1", "in", #""a1""#, "what is looked for in a text must be a text, but is an int"),
      ("1", "contains", "1", "the left side of `contains` must be a list or a text, but is an int"),
      (#""a1""#, "contains", "1", "what a text contains must be a text, but is an int"),
      ("1", "in", #"["1"]"#, "both sides of `==` must be of one kind, but are text and int"),
    ])
  func otherKinds(
    _ left: String, _ comparison: String, _ right: String, _ message: String
  ) throws {
    let comparison = try #require(Comparison(rawValue: comparison))
    let (left, right) = try (value(left), value(right))
    let error = #expect(throws: ValueError.self) { try Value.compare(left, comparison, right) }
    #expect(error?.message == message)
  }

  @Test(
    "lists contain equal elements, texts contain parts, null contains nothing",
    arguments: [
      ("[1,2]", "2.0", true), ("[1,2]", "3", false), ("[]", "1", false), ("[null,1]", "1", true),
      ("[1,null]", "null", true), ("[1]", "null", false), ("null", "1", false),
      (#"["a",1]"#, "1", true), (#""abcabd""#, #""abd""#, true), (#""abc""#, #""""#, true),
      (#""abc""#, #""d""#, false), (#""aaab""#, #""aab""#, true), (#""abc""#, "null", false),
      (#""!key""#, #""e""#, true),
    ])
  func containment(_ whole: String, _ part: String, _ isIn: Bool) throws {
    let (whole, part) = try (value(whole), value(part))
    #expect(try Value.compare(whole, .contains, part) == isIn)
    #expect(try Value.compare(part, .isIn, whole) == isIn)
  }

  @Test("equal values have equal keys, other values other ones")
  func keys() throws {
    let classes = [
      ["null"], ["1", "1.0", "1e0", "10e-1"], ["1.5", "1.50"], [#""1""#, #""!1""#], ["true"],
      ["18446744073709551616", "1.8446744073709551616e19"], ["1e400", "10e399"],
      [#""1m""#, #""60s""#], ["[1,2]", "[1.0,2]"], [#"{"a":1,"b":2}"#, #"{"b":2,"a":1.0}"#],
      [#""@2026-05-14T18:00:00Z""#, #""@2026-05-14T20:00:00+02:00""#],
      [#""2026-05-14T18:00:00Z""#], ["[]"], ["{}"], [#"{"a":1}"#],
    ]
    var seen: Set<ValueKey> = []
    for members in classes {
      let keys = try members.map { ValueKey(try value($0)) }
      #expect(Set(keys).count == 1, "\(members)")
      #expect(!seen.contains(keys[0]), "\(members)")
      seen.formUnion(keys)
    }
    #expect(seen.count == classes.count)
  }

  @Test("values that share their parts many times over are compared and grouped by what exists")
  func sharedParts() throws {
    func nested(_ leaf: Value, _ wrap: (Value) throws -> Value) rethrows -> Value {
      try (1...60).reduce(leaf) { inner, _ in try wrap(inner) }
    }
    let asList: (Value) throws -> Value = { .list(try List([$0, $0])) }
    let asRecord: (Value) throws -> Value = { .record(try Record([("a", $0), ("b", $0)])) }
    for wrap in [asList, asRecord] {
      let (one, other) = try (nested(.int(1), wrap), nested(.float(1), wrap))
      #expect(try Value.equals(one, other))
      #expect(try !Value.equals(one, nested(.int(2), wrap)))
      #expect(Set([ValueKey(one), ValueKey(other)]).count == 1)
    }
  }
}

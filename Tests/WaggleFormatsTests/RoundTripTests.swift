import Testing
import WaggleValues

@testable import WaggleFormats

/// What is written is read again as the same value, whatever the value.
struct RoundTripTests {
  /// Values made of a seed: every kind that a format knows, and texts that are hard to write.
  private struct Maker {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }

    private static let pieces = [
      "a", "Z", "0", "7", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\"", "'", ",", ":", ": ",
      "#",
      " #", "- ", "-", "?", "!", "&", "*", "|", ">", "%", "@", "`", "{", "}", "[", "]", "\\", "é",
      "🐝", "\u{301}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{7F}", "\u{1}", "=", "+", "~", "null",
      "true", "no", "yes", "1.10", "0x1F", ".inf", "<<", "---", "...", "\u{FFFE}",
    ]

    mutating func text() -> String {
      (0..<below(5)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined()
    }

    mutating func value(depth: Int = 0) -> Value {
      switch below(depth > 3 ? 7 : 10) {
      case 0: return .null
      case 1: return .bool(below(2) == 0)
      case 2: return .int(below(2_000) - 1_000)
      case 3:
        let spellings = ["1.10", "-0", "12345678901234567890", "1e400", "0.5", "1E+2"]
        return Value.number(fromJSONSpelling: spellings[below(spellings.count)]) ?? .null
      case 4, 5, 6: return .text(text())
      case 7, 8:
        return (try? List((0..<below(4)).map { _ in value(depth: depth + 1) })).map(Value.list)
          ?? .null
      default:
        var record = Record()
        for _ in 0..<below(4) { try? record.set(text(), value(depth: depth + 1)) }
        return .record(record)
      }
    }
  }

  @Test("through JSON, NDJSON and YAML", arguments: 0..<40)
  func values(_ seed: Int) throws {
    var maker = Maker(state: UInt64(seed))
    for _ in 0..<100 {
      let value = maker.value()
      for format in [Format.json, .yaml] {
        let text = try #require(format.text(of: value)?.revealedText)
        #expect(try format.read(text).json() == value.json(), "\(format): \(text.debugDescription)")
      }
      let list = Value.list(try List([value, value]))
      let lines = try #require(Format.ndjson.text(of: list)?.revealedText)
      #expect(try Format.ndjson.read(lines).json() == list.json())
    }
  }

  @Test("texts through CSV", arguments: 0..<40)
  func tables(_ seed: Int) throws {
    var maker = Maker(state: UInt64(seed))
    for _ in 0..<50 {
      var names: [String] = []
      for _ in 0...maker.below(3) {
        let name = maker.text()
        if !names.contains(name) { names.append(name) }
      }
      var rows: [Value] = []
      for _ in 0...maker.below(3) {
        rows.append(.record(try Record(names.map { ($0, .text(maker.text())) })))
      }
      let table = Value.list(try List(rows))
      let text = try #require(Format.csv.text(of: table)?.revealedText)
      #expect(try Format.csv.read(text).json() == table.json(), "\(text.debugDescription)")
    }
  }

  @Test("any bytes are read or refused, by each format", arguments: 0..<40)
  func anything(_ seed: Int) {
    var maker = Maker(state: UInt64(seed) &+ 1_000)
    for _ in 0..<100 {
      let text = (0..<maker.below(8)).map { _ in maker.text() }.joined()
      for format in Format.allCases { _ = try? format.read(text) }
    }
  }

  @Test("what nests too deeply is refused")
  func depth() throws {
    let deep = String(repeating: "[", count: 10_000)
    for format in [Format.json, .yaml] {
      #expect(throws: Format.Failure.self) { try format.read(deep) }
    }
    let mappings = (0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(throws: Format.Failure.self) { try Format.yaml.read(mappings) }
    let fits = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(try Format.yaml.read(fits).depth == 512)
  }

  @Test("a key of any length is written so that it is read")
  func longKey() throws {
    let record = Value.record(
      try Record([(String(repeating: "key ", count: 500), .list(try List([.text("b")])))]))
    let text = try #require(Format.yaml.text(of: record)?.revealedText)
    #expect(try Format.yaml.read(text).json() == record.json())
  }
}

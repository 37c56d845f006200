/// Writes values as JSON: numbers as they were spelled, durations and times as their text.
///
/// A stream has no JSON; where one comes all the same, which the evaluator refuses, it is `null`.
/// Only what JSON demands is escaped: quotes, backslashes and control characters.
package struct JSONWriter {
  /// What becomes of secrets.
  package enum Secrets: Sendable {
    /// `••••`: for everything that is shown, logged or saved.
    case masked
    /// The text itself: for a request's body.
    case revealed
  }

  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  /// Whether a secret was among it.
  package private(set) var hasSecret = false
  private let secrets: Secrets
  private let isPretty: Bool

  /// Makes a writer; a pretty one begins a line for each element, two spaces a level.
  package init(secrets: Secrets, isPretty: Bool = false) {
    self.secrets = secrets
    self.isPretty = isPretty
  }

  /// What has been written, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes one value behind what is there.
  package mutating func write(_ value: Value) { write(value, level: 0) }

  private mutating func write(_ value: Value, level: Int) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .int(let int): append(String(int))
    case .float(let double): append(double.description)
    case .number(let number): append(number.text)
    case .text(let text): appendQuoted(text)
    case .duration(let duration): appendQuoted(duration.text)
    case .time(let time): appendQuoted(time.text)
    case .secret(let secret):
      hasSecret = true
      appendQuoted(secrets == .revealed ? secret.revealed : Secret.mask)
    case .list(let list): write(list, level)
    case .record(let record): write(record, level)
    case .stream: append("null")
    }
  }

  private mutating func write(_ list: List, _ level: Int) {
    guard list.count > 0 else { return append("[]") }
    append("[")
    for (position, element) in list.elements.enumerated() {
      beginElement(position, level + 1)
      write(element, level: level + 1)
    }
    end("]", level)
  }

  private mutating func write(_ record: Record, _ level: Int) {
    guard record.count > 0 else { return append("{}") }
    append("{")
    for (position, key) in record.keys.enumerated() {
      beginElement(position, level + 1)
      appendQuoted(key)
      append(isPretty ? ": " : ":")
      write(record.value(at: position), level: level + 1)
    }
    end("}", level)
  }

  private mutating func beginElement(_ position: Int, _ level: Int) {
    if position > 0 { append(",") }
    if isPretty { appendLine(level) }
  }

  private mutating func end(_ bracket: StaticString, _ level: Int) {
    if isPretty { appendLine(level) }
    append(bracket)
  }

  private mutating func appendLine(_ level: Int) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: level * 2))
  }

  private mutating func append(_ literal: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  private mutating func append(_ number: String) { bytes.append(contentsOf: number.utf8) }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { characters in
      var begin = 0
      for position in characters.indices where Self.needsEscape(characters[position]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[begin..<position]))
        appendEscape(characters[position])
        begin = position + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[begin...]))
    }
    bytes.append(0x22)
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      let digits: StaticString = "0123456789abcdef"
      append("\\u00")
      bytes.append(digits.utf8Start[Int(byte >> 4)])
      bytes.append(digits.utf8Start[Int(byte & 15)])
    }
  }
}

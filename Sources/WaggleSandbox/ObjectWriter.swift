import WaggleValues

/// Writes a JSON object member by member.
struct ObjectWriter {
  private(set) var bytes: [UInt8]

  /// Begins an object, or goes on behind members that somebody else wrote.
  init(continuing: Bool = false) {
    bytes = []
    bytes.reserveCapacity(1024)
    if !continuing { bytes.append(0x7B) } else { isFirst = false }
  }

  private var isFirst = true

  /// Writes a key; its value is to follow.
  mutating func key(_ name: String) {
    if !isFirst { bytes.append(0x2C) }
    isFirst = false
    append(quoted: name)
    bytes.append(0x3A)
  }

  mutating func member(_ name: String, _ text: String) {
    key(name)
    append(quoted: text)
  }

  /// Writes a text that may be absent.
  mutating func member(_ name: String, _ text: String?) {
    if let text { member(name, text) }
  }

  mutating func member(_ name: String, _ value: Value) {
    key(name)
    bytes += value.revealedJSON
  }

  mutating func member(_ name: String, _ texts: [String]) {
    member(name, .list(List(texts: texts)))
  }

  /// Writes a value that is JSON already.
  mutating func member(_ name: String, json: [UInt8]) {
    key(name)
    bytes += json
  }

  /// Writes an array of values that are JSON already.
  mutating func member(_ name: String, jsons: [[UInt8]]) {
    key(name)
    bytes.append(list: jsons)
  }

  mutating func member(_ name: String, _ number: Int) {
    key(name)
    bytes += String(number).utf8
  }

  mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    bytes += (flag ? "true" : "false").utf8
  }

  /// Writes a moment in milliseconds, where there is one.
  mutating func member(_ name: String, time: Int?) {
    guard let time else { return }
    member(name, Timestamp(nanoseconds: time * 1_000_000).text)
  }

  mutating func end() { bytes.append(0x7D) }

  private mutating func append(quoted text: String) {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    guard isPlain else {
      bytes += Value.text(text).revealedJSON
      return
    }
    bytes.append(0x22)
    bytes += text.utf8
    bytes.append(0x22)
  }
}

package import WaggleValues

/// Writes a value as YAML: one field or element to a line, two spaces a level.
///
/// A text stands without quotes only where no reader of YAML, old or new, could take it for
/// something else: `no`, `007` and `2026-05-14` have quotes. Numbers are as they were spelled. What
/// `YAMLReader` reads of it is the same value again. The last line has no end,
/// except where that is part of a text.
package struct YAMLWriter {
  private var text = ""
  private var hasSecret = false
  /// Whether what was written last is a block whose own last line end is part of it.
  private var needsLineEnd = false

  /// The YAML of a value; a secret where one is in it.
  package static func text(of value: Value) -> Value {
    var writer = YAMLWriter()
    writer.write(value, level: 0, isInline: false)
    let end = writer.needsLineEnd ? "\n" : ""
    let text = writer.text.drop { $0 == "\n" } + end
    return writer.hasSecret ? .secret(Secret(String(text))) : .text(String(text))
  }

  /// Writes a value behind its key or dash; `isInline` where a collection may begin on that line.
  private mutating func write(_ value: Value, level: Int, isInline: Bool) {
    needsLineEnd = false
    switch value {
    case .list(let list) where list.count > 0: write(list, level, isInline)
    case .record(let record) where record.count > 0: write(record, level, isInline)
    case .list: text += " []"
    case .record: text += " {}"
    case .text(let own): text += " " + scalar(own, level)
    case .secret(let secret):
      hasSecret = true
      text += " " + scalar(secret.revealed, level)
    case .duration, .time: text += " " + scalar(value.plainText, level)
    case .null: text += " null"
    default: text += " " + value.plainText
    }
    if level == 0, text.hasPrefix(" ") { text.removeFirst() }
  }

  private mutating func write(_ list: List, _ level: Int, _ isInline: Bool) {
    for (position, element) in list.elements.enumerated() {
      begin(level, isInline && position == 0)
      text += "-"
      write(element, level: level + 1, isInline: true)
    }
  }

  private mutating func write(_ record: Record, _ level: Int, _ isInline: Bool) {
    for (position, (key, value)) in record.enumerated() {
      begin(level, isInline && position == 0)
      let name = Self.isPlain(key) ? key : Self.quoted(key)
      if name.utf8.count > Self.longestKey {
        text += "? " + name
        begin(level, false)
      } else {
        text += name
      }
      text += ":"
      write(value, level: level + 1, isInline: false)
    }
  }

  /// A simple key ends within 1,024 bytes, says YAML.
  private static let longestKey = 1_000

  private mutating func begin(_ level: Int, _ isInline: Bool) {
    text += isInline ? " " : "\n" + String(repeating: "  ", count: level)
  }
}

/// Texts.
extension YAMLWriter {
  private mutating func scalar(_ text: String, _ level: Int) -> String {
    if Self.isPlain(text) { return text }
    needsLineEnd = Self.fitsBlock(text) && text.hasSuffix("\n")
    return Self.fitsBlock(text) ? Self.block(text, level) : Self.quoted(text)
  }

  /// Whether a text may stand as it is: letters first, nothing that means something in YAML, and no
  /// word that any version of it reads as something else.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) || first == 0x5F || first == 0x2F,
      text.utf8.last != 0x20, text.utf8.count <= 200
    else { return false }
    let isSafe = text.utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte)
        || [0x20, 0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
    }
    return isSafe && !reserved.contains(text.lowercased())
  }

  private static let reserved: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Whether a text of several lines can stand as a block, each line as it is.
  private static func fitsBlock(_ text: String) -> Bool {
    guard text.utf8.contains(0x0A), let first = text.utf8.first, first != 0x20, first != 0x0A,
      !text.hasSuffix("\n\n"), text.unicodeScalars.allSatisfy({ $0 == "\n" || isPrintable($0) })
    else { return false }
    return !text.split(separator: "\n").contains { $0.utf8.last == 0x20 || $0.utf8.first == 0x20 }
  }

  private static func block(_ text: String, _ level: Int) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endsLine = lines.last == ""
    if endsLine { lines.removeLast() }
    let indent = "\n" + String(repeating: "  ", count: max(level, 1))
    return (endsLine ? "|" : "|-") + lines.map { $0.isEmpty ? "\n" : indent + $0 }.joined()
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        if isPrintable(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
      }
    }
    return quoted + "\""
  }
}

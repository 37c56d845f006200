package import WaggleValues

/// Reads CSV as RFC 4180 has it: a header, then a record of texts for each row.
///
/// Nothing is guessed: `007` and `true` stay texts, an empty field is an empty text. Lines end with
/// CRLF or LF, a byte order mark at the start does not count, empty lines are left out. A row that
/// is longer or shorter than the header, a name that stands twice in it, and a quote where none may
/// be are errors that name the line.
package enum CSVReader {
  /// Reads a text; gives a list of records, empty where there is a header at most.
  package static func read(_ text: String) throws(CSVError) -> Value {
    var scan = CSVScan(text: Array(text.utf8))
    guard let header = try scan.row() else { return .list(List()) }
    var positions: [String: Int] = [:]
    for (position, name) in header.enumerated() {
      if let first = positions.updateValue(position, forKey: name) {
        throw CSVError(.repeatedName(name, first + 1, position + 1), line: scan.rowLine)
      }
    }
    let shape = Shape.plain.appending(header)
    var records: [Value] = []
    while let row = try scan.row() {
      guard row.count == header.count else {
        throw CSVError(.ragged(wanted: header.count, row.count), line: scan.rowLine)
      }
      records.append(.record(Record(shape: shape, values: row.map(Value.text))))
    }
    do throws(ValueError) { return .list(try List(records)) } catch { return .list(List()) }
  }
}

/// The fields of a text, row after row.
private struct CSVScan {
  private let bytes: [UInt8]
  private var here: Int
  private var line = 1
  /// The line in which the last row began.
  private(set) var rowLine = 1

  init(text bytes: [UInt8]) {
    self.bytes = bytes
    here = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private var byte: UInt8? { here < bytes.count ? bytes[here] : nil }

  /// The next row that is not an empty line; nil at the end.
  mutating func row() throws(CSVError) -> [String]? {
    while acceptLineEnd() {}
    guard byte != nil else { return nil }
    rowLine = line
    var fields = [try field()]
    while byte == UInt8(ascii: ",") {
      here += 1
      fields.append(try field())
    }
    _ = acceptLineEnd()
    return fields
  }

  private mutating func acceptLineEnd() -> Bool {
    let length = lineEnd
    guard length > 0 else { return false }
    here += length
    line += 1
    return true
  }

  /// How many bytes of a line end stand here.
  private var lineEnd: Int {
    if byte == 0x0A { return 1 }
    return byte == 0x0D && here + 1 < bytes.count && bytes[here + 1] == 0x0A ? 2 : 0
  }

  private mutating func field() throws(CSVError) -> String {
    if byte == UInt8(ascii: "\"") { return try quoted() }
    let start = here
    while let byte, byte != UInt8(ascii: ","), lineEnd == 0 {
      if byte == UInt8(ascii: "\"") { throw CSVError(.strayQuote, line: line) }
      here += 1
    }
    return String(decoding: bytes[start..<here], as: UTF8.self)
  }

  private mutating func quoted() throws(CSVError) -> String {
    let opening = line
    var text: [UInt8] = []
    here += 1
    while let byte {
      here += 1
      if byte == 0x0A { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        text.append(byte)
        continue
      }
      guard self.byte == byte else {
        guard self.byte == nil || self.byte == UInt8(ascii: ",") || lineEnd > 0 else {
          throw CSVError(.afterQuote, line: line)
        }
        return String(decoding: text, as: UTF8.self)
      }
      text.append(byte)
      here += 1
    }
    throw CSVError(.unclosedQuote, line: opening)
  }
}

/// Where the lines of a text begin, so that an offset can be shown as line and column.
///
/// CR LF, LF and a lone CR each end a line. A text that ends in a line end has an empty line behind
/// it, as an editor shows it.
package struct LineTable: Sendable {
  /// A spot as a person counts it.
  package struct Position: Sendable, Equatable {
    /// From 1.
    package let line: Int
    /// From 1, in characters as a reader sees them; a tab counts as one.
    package let column: Int

    /// Joins the two counts.
    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  private let text: String
  private let starts: [Int]

  /// Finds the lines of a source; one pass over its bytes.
  package init(_ source: Source) {
    text = source.text
    var starts = [0]
    var offset = 0
    var wasReturn = false
    for byte in source.text.utf8 {
      offset += 1
      switch byte {
      case UInt8(ascii: "\n") where wasReturn: starts[starts.count - 1] = offset
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): starts.append(offset)
      default: break
      }
      wasReturn = byte == UInt8(ascii: "\r")
    }
    self.starts = starts
  }

  /// How many lines there are; at least one.
  package var count: Int { starts.count }

  /// The number of the line, from 1, that holds an offset; one past the end is on the last line.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Line and column of an offset; one past the end is the end, one below 0 the start.
  package func position(of offset: Int) -> Position {
    let number = line(at: offset)
    let start = starts[number - 1]
    let end = min(max(offset, start), text.utf8.count)
    return Position(line: number, column: slice(start, end).count + 1)
  }

  /// The offset at which a line begins and the one before its line end; nil for no such line.
  package func bounds(ofLine number: Int) -> Range<Int>? {
    guard number >= 1, number <= starts.count else { return nil }
    let start = starts[number - 1]
    var end = number < starts.count ? starts[number] : text.utf8.count
    let bytes = text.utf8
    while end > start {
      let last = bytes[bytes.index(bytes.startIndex, offsetBy: end - 1)]
      guard last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") else { break }
      end -= 1
    }
    return start..<end
  }

  /// The text of a line without its line end; empty for no such line.
  package func text(ofLine number: Int) -> String {
    bounds(ofLine: number).map { slice($0.lowerBound, $0.upperBound) } ?? ""
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    let bytes = text.utf8
    let first = bytes.index(bytes.startIndex, offsetBy: start)
    return String(decoding: bytes[first..<bytes.index(first, offsetBy: end - start)], as: UTF8.self)
  }
}

/// What stands between two pieces: blanks, line ends, comments, a `\`, the end of a statement.
struct Gap {
  /// A comment, with how many lines end between it and what stands before it.
  struct Remark {
    let text: String
    var lines: Int
  }

  /// The comments in order.
  var remarks: [Remark] = []
  /// How many lines end behind the last comment.
  var lines = 0
  /// Whether a `\` joins lines here.
  var isJoined = false
  /// Whether a statement ends here.
  let endsStatement: Bool
  /// Whether there is nothing at all.
  let isEmpty: Bool

  /// Reads what stands between two offsets; signs that end a statement may be among it.
  init(_ bytes: [UInt8], _ lower: Int, _ upper: Int, endsStatement: Bool) {
    self.endsStatement = endsStatement
    isEmpty = lower >= upper
    var position = lower
    while position < upper {
      switch bytes[position] {
      case UInt8(ascii: "\r"):
        let isPair = position + 1 < upper && bytes[position + 1] == UInt8(ascii: "\n")
        position += isPair ? 1 : 0
        lines += 1
      case UInt8(ascii: "\n"): lines += 1
      case UInt8(ascii: "\\"): isJoined = true
      case UInt8(ascii: "#"):
        position = read(bytes, position, upper)
        continue
      default: break
      }
      position += 1
    }
  }

  /// Whether a line ends in it.
  var hasLine: Bool { lines > 0 || !remarks.isEmpty }

  /// How many lines end in it in all.
  var allLines: Int { remarks.reduce(lines) { $0 + $1.lines } }

  private mutating func read(_ bytes: [UInt8], _ start: Int, _ upper: Int) -> Int {
    let end = bytes[start..<upper].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? upper
    var last = end
    while last > start, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
    let text = String(decoding: bytes[start..<last], as: UTF8.self)
    remarks.append(Remark(text: text, lines: lines))
    lines = 0
    return end
  }
}

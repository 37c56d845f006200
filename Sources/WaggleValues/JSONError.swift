/// Why bytes are not JSON, and where.
package struct JSONError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Cause: Sendable, Equatable {
    /// The text ends inside a value.
    case unexpectedEnd
    /// A byte that cannot stand here; what could is named.
    case unexpected(UInt8, wanted: String)
    /// A value is complete and more follows.
    case trailing(UInt8)
    /// A byte order mark, which JSON does not have.
    case byteOrderMark
    /// A control character inside a string.
    case controlCharacter(UInt8)
    /// An escape that JSON does not have.
    case badEscape
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// A number that JSON does not have: `01`, `1.`, `+1`, `NaN`.
    case badNumber
    /// Lists and records nest deeper than `Value.maxDepth`.
    case tooDeep
  }

  /// What is wrong.
  package let cause: Cause
  /// The offset of the byte in question.
  package let offset: Int

  /// Makes an error for a byte.
  package init(_ cause: Cause, offset: Int) {
    self.cause = cause
    self.offset = offset
  }

  /// The error as one sentence without a full stop.
  package var message: String {
    switch cause {
    case .unexpectedEnd: "the JSON ends in the middle of a value, at byte \(offset)"
    case .unexpected(let byte, let wanted):
      "\(wanted) must come at byte \(offset), but it is \(Self.name(byte))"
    case .trailing(let byte):
      "nothing may follow the JSON value, but at byte \(offset) there is \(Self.name(byte))"
    case .byteOrderMark: "JSON must not begin with a byte order mark"
    case .controlCharacter(let byte):
      "control characters in a JSON string must be escaped, but byte \(offset) is \(Self.name(byte))"
    case .badEscape: "the escape in the JSON string at byte \(offset) is none that JSON has"
    case .invalidUTF8: "JSON must be UTF-8, but the bytes at \(offset) are not"
    case .badNumber: "the number at byte \(offset) is not spelled as JSON has it"
    case .tooDeep:
      "lists and records must nest at most \(Value.maxDepth) deep, but at byte \(offset) they nest deeper"
    }
  }

  private static func name(_ byte: UInt8) -> String {
    if byte > 0x20, byte < 0x7F { return "`\(Character(UnicodeScalar(byte)))`" }
    let digits = String(byte, radix: 16, uppercase: true)
    return "the byte 0x\(digits.utf8.count < 2 ? "0" : "")\(digits)"
  }
}

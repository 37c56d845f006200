import WaggleValues

/// Commands that make one kind of value of another.
extension PlainCall {
  /// `int`: a text of digits, or a number without what stands behind its point.
  func int() throws(Raise) -> Value {
    switch input {
    case .int: return input
    case .float(let double):
      guard let int = Int(exactly: double.rounded(.towardZero)) else {
        throw refusal(wanted: "within 64 bits")
      }
      return .int(int)
    case .number(let number):
      if let double = Double(number.text), let int = Int(exactly: double.rounded(.towardZero)),
        !number.isInteger
      {
        return .int(int)
      }
      guard let int = Int(number.text) else { throw refusal(wanted: "within 64 bits") }
      return .int(int)
    case .text(let text):
      guard let int = Int(text.trimmed) else { throw refusal(wanted: "an integer of 64 bits") }
      return .int(int)
    case .duration: throw refusal(wanted: "a number (`… // 1s` counts its seconds)")
    default: throw notNumber
    }
  }

  private var notNumber: Raise {
    input.kind == .secret
      ? refusal(wanted: "a number or a text (`reveal` gives the text of a secret)")
      : refusal(wanted: "a number or a text")
  }

  /// `float`.
  func float() throws(Raise) -> Value {
    switch input {
    case .float: return input
    case .int(let int): return .float(Double(int))
    case .number(let number): return try float(spelling: number.text)
    case .text(let text): return try float(spelling: String(text.trimmed))
    case .duration: throw refusal(wanted: "a number (`… / 1s` counts its seconds)")
    default: throw notNumber
    }
  }

  /// A double of a decimal spelling; `inf`, `nan` and hexadecimal ones are none.
  private func float(spelling: String) throws(Raise) -> Value {
    let isDecimal = spelling.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
      default: false
      }
    }
    guard isDecimal, let double = Double(spelling), double.isFinite else {
      throw refusal(wanted: "a number within the doubles")
    }
    return .float(double)
  }

  /// `duration`.
  func duration() throws(Raise) -> Value {
    switch input {
    case .duration: return input
    case .text(let text):
      return .duration(
        try node.attempt(at: node.input.span) { () throws(ValueError) in
          try Duration(parsing: String(text.trimmed))
        })
    case .int, .float, .number: throw refusal(wanted: "a text like `30s` (`… * 1s` makes seconds)")
    default: throw refusal(wanted: "a text like `30s`")
    }
  }

  /// `time`.
  func time() throws(Raise) -> Value {
    switch input {
    case .time: return input
    case .text(let text):
      return .time(
        try node.attempt(at: node.input.span) { () throws(ValueError) in
          try Timestamp(parsing: String(text.trimmed))
        })
    default: throw refusal(wanted: "a text like `2026-05-14T18:00:00Z`")
    }
  }
}

/// Text from outside, made safe for a terminal: what would act on it is spelled as an escape.
///
/// Control characters (C0, DEL, C1), line and paragraph separators, and the marks that turn the
/// direction of text become what a double-quoted text of the language would have: `\e`, `\u{202E}`.
package struct SafeText: Sendable {
  /// The text, which may be written to a terminal.
  package let text: String

  /// Makes a text safe; line ends and tabs stay where it may have several lines.
  package init(_ raw: String, keepsLines: Bool = false) {
    guard Self.isSuspicious(raw) else {
      text = raw
      return
    }
    var safe = ""
    for scalar in raw.unicodeScalars {
      if keepsLines, scalar == "\n" || scalar == "\t" {
        safe.unicodeScalars.append(scalar)
      } else if Self.isUnsafe(scalar) {
        safe += Self.escape(scalar)
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    text = safe
  }

  /// Whether there is a control byte, or anything beyond ASCII to be looked at.
  private static func isSuspicious(_ raw: String) -> Bool {
    raw.utf8.contains { $0 < 0x20 || $0 >= 0x7F }
  }

  private static func isUnsafe(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  private static func escape(_ scalar: UnicodeScalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case "\u{1B}": "\\e"
    default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
}

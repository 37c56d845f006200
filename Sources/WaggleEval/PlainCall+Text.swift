import WaggleFormats
import WaggleValues

/// Commands about text.
extension PlainCall {
  /// `split`: at a separator, at white space without one, into characters with an empty one.
  func split() throws(Raise) -> Value {
    let text = try text()
    guard let separator = try self.text(0, "the separator") else {
      try admitParts(of: text) { $0 <= 0x20 }
      return try made(text.split(whereSeparator: \.isWhitespace))
    }
    guard let first = separator.utf8.first else {
      try admitParts(of: text) { _ in true }
      return try made(text.indices.lazy.map { text[$0...$0] })
    }
    try admitParts(of: text) { $0 == first }
    return try made(text.parts(between: separator))
  }

  /// `lines`.
  func lines() throws(Raise) -> Value {
    let text = try text()
    try admitParts(of: text) { $0 == 0x0A }
    var lines = text.parts(between: "\n")
    let rest = lines.popLast() ?? ""
    lines = lines.map { $0.utf8.last == 0x0D ? Substring($0.utf8.dropLast()) : $0 }
    return try made(rest.isEmpty ? lines : lines + [rest])
  }

  /// `trim`.
  func trimmed() throws(Raise) -> Value { made(String(try text().trimmed)) }

  /// `replace`.
  func replaced() throws(Raise) -> Value {
    let text = try text()
    let old = try self.text(0, "the old text") ?? ""
    let new = try self.text(1, "the new text") ?? ""
    guard !old.isEmpty else { throw Raise(.emptyOldText, at: node.spot(0)) }
    let first = old.utf8.first
    try admitParts(of: text) { $0 == first }
    let parts = text.parts(between: old)
    let grown = (parts.count - 1).multipliedReportingOverflow(by: new.utf8.count)
    guard !grown.overflow else { throw Raise(.memory, at: node.span) }
    try frame.admit(bytes: grown.partialValue &+ text.utf8.count, at: node.span)
    return made(parts.joined(separator: new))
  }

  /// `format`: of a list, each element.
  func formatted() throws(Raise) -> Value {
    let template = try template(text(0, "the template") ?? "")
    let isSecret = arguments.first?.kind == .secret
    guard case .list(let list) = input else {
      try frame.admit(printing: input, at: node.span)
      return try filled(template, with: input, isSecret: isSecret)
    }
    var texts: [Value] = []
    texts.reserveCapacity(list.count)
    for element in list.elements {
      try frame.burn(at: node.span)
      try frame.admit(printing: element, at: node.span)
      texts.append(try filled(template, with: element, isSecret: isSecret))
    }
    return try node.list(texts)
  }

  private func template(_ text: String) throws(Raise) -> Template {
    do throws(TemplateError) { return try Template(text) } catch {
      throw Raise(.template(error), at: node.spot(0))
    }
  }

  private func filled(
    _ template: Template, with value: Value, isSecret: Bool
  ) throws(Raise) -> Value {
    do throws(ValueError) {
      let text = try template.text(of: value)
      guard isSecret, let revealed = text.revealedText else { return text }
      return .secret(Secret(revealed))
    } catch {
      throw Raise(.value(error), at: node.span)
    }
  }
}

extension StringProtocol {
  /// The text without the white space at its ends.
  var trimmed: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return self[endIndex...] }
    return self[first...last]
  }
}

extension String {
  /// What stands between the places of a separator, which is found byte by byte.
  func parts(between separator: String) -> [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    for offset in TextSearch(separator).offsets(in: self) {
      let place = utf8.index(startIndex, offsetBy: offset)
      parts.append(self[start..<place])
      start = utf8.index(place, offsetBy: separator.utf8.count)
    }
    return parts + [self[start...]]
  }
}

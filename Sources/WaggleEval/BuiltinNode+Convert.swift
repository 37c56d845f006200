import WaggleFormats
import WaggleText
import WaggleValues

/// `to json`, `to csv` and their like; a secret where a secret is inside.
final class ToFormatNode: BuiltinNode {
  private let format: Format

  init(_ format: Format, _ input: Node, _ span: Span) {
    self.format = format
    super.init("to \(format.rawValue)", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    try f.admit(printing: value, at: span)
    guard let text = format.text(of: value) else {
      throw Raise(.wrongInput(name, wanted: "a record or a list of records", value), at: input.span)
    }
    try f.burn((text.revealedText?.utf8.count ?? 0) >> 6, at: span)
    return text
  }
}

/// `to table`.
final class ToTableNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("to table", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    try f.admit(printing: value, at: span)
    return .text(f.run.ports.table(value))
  }
}

/// `from json`, `from csv` and their like; the texts in a secret are secrets.
final class FromFormatNode: BuiltinNode {
  private let format: Format

  init(_ format: Format, _ input: Node, _ span: Span) {
    self.format = format
    super.init("from \(format.rawValue)", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let (text, isSecret) = try text(f)
    return isSecret ? try hiddenValue(of: text) : try value(of: text)
  }

  private func value(of text: String) throws(Raise) -> Value {
    do throws(Format.Failure) { return try format.read(text) } catch {
      throw Raise(.unreadable(error), at: span)
    }
  }

  private func hiddenValue(of text: String) throws(Raise) -> Value {
    guard let read = try? format.read(text) else {
      throw Raise(.secretUnreadable(format), at: span)
    }
    return try hidden(read)
  }

  /// Lets go of each element before it reads the next: in a long list that saves most of the time,
  /// which goes into new memory.
  ///
  /// Whoever walks changes nothing by it, so that nobody can tell; what they raise waits until the
  /// text has turned out to be right to its end.
  override func each(_ f: Frame, for command: String, _ body: Visitor) throws(Raise) {
    let (text, isSecret) = try text(f)
    if isSecret { return try walk(try hiddenValue(of: text), f, for: command, body) }
    var raised: Raise?
    var isWanted = true
    let whole: Value?
    do throws(Format.Failure) {
      whole = try format.read(text) { element in
        guard isWanted else { return }
        do throws(Raise) {
          try f.burn(at: span)
          isWanted = try withUnsafePointer(to: element) { address throws(Raise) in
            try body(address)
          }
        } catch {
          (raised, isWanted) = (error, false)
        }
      }
    } catch {
      throw Raise(.unreadable(error), at: span)
    }
    if let raised { throw raised }
    if let whole { try walk(whole, f, for: command, body) }
  }

  /// The text to read, for which there is room.
  private func text(_ f: Frame) throws(Raise) -> (text: String, isSecret: Bool) {
    let value = try input.value(f)
    guard let text = value.revealedText else {
      throw Raise(.wrongInput(name, wanted: "a text", value), at: input.span)
    }
    try f.burn(text.utf8.count >> 6, at: span)
    if text.utf8.count > 1 << 16 {
      try f.admit(bytes: Format.memoryNeeded(for: text), at: span)
    }
    return (text, value.kind == .secret)
  }

  /// The same value with every text in it made a secret.
  private func hidden(_ value: Value) throws(Raise) -> Value {
    switch value {
    case .text(let text): return .secret(Secret(text))
    case .list(let list):
      var elements: [Value] = []
      for element in list.elements { elements.append(try hidden(element)) }
      return try self.list(elements)
    case .record(let record):
      var values: [Value] = []
      for position in record.indices { values.append(try hidden(record.value(at: position))) }
      return .record(Record(shape: record.shape, values: values))
    default: return value
    }
  }
}

/// `secret`.
final class SecretNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("secret", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    guard let text = value.revealedText else {
      throw Raise(.wrongInput(name, wanted: "a text", value), at: input.span)
    }
    return .secret(Secret(text))
  }
}

/// `reveal`.
final class RevealNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("reveal", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    guard let text = value.revealedText else {
      throw Raise(.wrongInput(name, wanted: "a secret", value), at: input.span)
    }
    return .text(text)
  }
}

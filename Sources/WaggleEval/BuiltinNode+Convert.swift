import WaggleText
import WaggleValues

/// `to json`: one line; a secret where a secret is inside.
final class ToJSONNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("to json", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var builder = TextBuilder()
    builder.append(json: try input.value(f))
    let json = builder.finish()
    guard json.revealedText?.utf8.count ?? 0 <= Bounds.bytes else {
      throw Raise(.memory, at: span)
    }
    return json
  }
}

/// `to table`.
final class ToTableNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("to table", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    .text(f.run.ports.table(try input.value(f)))
  }
}

/// `from json`; the texts in a secret are secrets.
final class FromJSONNode: BuiltinNode {
  init(_ input: Node, _ span: Span) { super.init("from json", input, span) }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    guard let text = value.revealedText else {
      throw Raise(.wrongInput(name, wanted: "a text", value), at: input.span)
    }
    guard case .secret = value else {
      return try read(text) { .notJSON($0) }
    }
    return try hidden(read(text) { _ in .secretNotJSON })
  }

  private func read(
    _ text: String, _ cause: (JSONError) -> Fault.Cause
  ) throws(Raise) -> Value {
    var reader = JSONReader()
    do throws(JSONError) {
      return try reader.read(text)
    } catch {
      throw Raise(cause(error), at: span)
    }
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

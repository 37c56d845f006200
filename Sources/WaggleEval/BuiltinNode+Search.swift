import WaggleFormats
import WaggleText
import WaggleValues

/// `find`: the first element for which a condition holds; null without one.
final class FindNode: BuiltinNode {
  private let lens: Lens

  init(_ input: Node, _ lens: Lens, _ span: Span) {
    self.lens = lens
    super.init("find", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var found = Value.null
    try lens.each(of: input, f, for: name) { node, element throws(Raise) in
      guard try node.test(f) else { return true }
      found = element.pointee
      return false
    }
    return found
  }
}

/// `all` and `any`: they look no further than they must.
final class QuantifierNode: BuiltinNode {
  private let lens: Lens
  private let isAll: Bool

  init(_ input: Node, _ lens: Lens, isAll: Bool, _ span: Span) {
    self.lens = lens
    self.isAll = isAll
    super.init(isAll ? "all" : "any", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var result = isAll
    try lens.each(of: input, f, for: name) { node, _ throws(Raise) in
      result = try node.test(f)
      return result == isAll
    }
    return .bool(result)
  }
}

/// `unique`: the first of each set of equal elements.
final class UniqueNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("unique", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    let keys = try lens?.values(of: list, f, at: input.span, for: name) ?? list.elements
    try f.burn(list.count, at: span)
    var seen: Set<ValueKey> = []
    var kept: [Value] = []
    for (element, key) in zip(list.elements, keys) where seen.insert(ValueKey(key)).inserted {
      kept.append(element)
    }
    return try self.list(kept)
  }
}

/// `match`: what a pattern matches first, as a record; null where it matches nothing.
final class CaptureNode: BuiltinNode {
  private let pattern: PatternOperand

  init(_ input: Node, _ pattern: Node, _ span: Span) {
    self.pattern = PatternOperand(pattern)
    super.init("match", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    let (pattern, isSecretPattern) = try pattern.pattern(f)
    guard let text = value.revealedText else {
      throw Raise(.wrongInput(name, wanted: "a text", value), at: input.span)
    }
    let isSecret = isSecretPattern || value.kind == .secret
    guard
      let match = try attemptMatch(
        at: span, { () throws(PatternError) in try pattern.firstMatch(in: text) })
    else {
      return .null
    }
    let groups = match.groups.map { Self.value($0, isSecret: isSecret) }
    var record = Record()
    let fields =
      [("text", groups.first ?? .null), ("groups", try list(Array(groups.dropFirst())))]
      + zip(pattern.groupNames, groups).compactMap { name, group in name.map { ($0, group) } }
    for (key, value) in fields {
      guard record[key] == nil else { throw Raise(.groupNameTaken(key), at: span) }
      try attempt(at: span) { () throws(ValueError) in try record.set(key, value) }
    }
    return .record(record)
  }

  private static func value(_ text: String?, isSecret: Bool) -> Value {
    guard let text else { return .null }
    return isSecret ? .secret(Secret(text)) : .text(text)
  }
}

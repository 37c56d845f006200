import WaggleText
import WaggleValues

/// A field of a record; its kinds differ in where the record comes from.
class FieldNode: Node {
  let name: String
  let isOptional: Bool
  let cache: Int

  init(_ name: String, isOptional: Bool, cache: Int, _ span: Span) {
    self.name = name
    self.isOptional = isOptional
    self.cache = cache
    super.init(span)
  }

  /// Reads the field, through the strand's inline cache.
  @inline(__always)
  final func read(_ base: UnsafePointer<Value>, _ f: Frame) throws(Raise) -> Value {
    guard !isOptional, case .record(let record) = base.pointee else { return try readSlowly(base) }
    do throws(ValueError) {
      return try record.field(name, &f.state.pointee.caches[cache])
    } catch {
      throw Raise(.value(error), at: span)
    }
  }

  @inline(never)
  private func readSlowly(_ base: UnsafePointer<Value>) throws(Raise) -> Value {
    switch base.pointee {
    case .record(let record): return record[name] ?? .null
    case .null where isOptional: return .null
    case let other: throw Raise(.noFields(other, name), at: span)
    }
  }
}

/// A field of a variable.
final class PlaceFieldNode: FieldNode {
  private let base: Place

  init(_ base: Place, _ name: String, isOptional: Bool, cache: Int, _ span: Span) {
    self.base = base
    super.init(name, isOptional: isOptional, cache: cache, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value { try read(base.base(f), f) }

  /// The place that the field is; nil for `?.`, and for a field of a field.
  var ownPlace: Place? { isOptional ? nil : Place(self, of: base, cache: cache) }
}

/// A field of what an expression gives.
final class NodeFieldNode: FieldNode {
  private let base: Node

  init(_ base: Node, _ name: String, isOptional: Bool, cache: Int, _ span: Span) {
    self.base = base
    super.init(name, isOptional: isOptional, cache: cache, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var record = try base.value(f)
    return try read(&record, f)
  }
}

/// `[index]` of a list, `["key"]` of a record.
final class IndexNode: Node {
  private let base: Node
  private let index: Node

  init(_ base: Node, _ index: Node, _ span: Span) {
    self.base = base
    self.index = index
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let whole = try base.value(f)
    let index = try self.index.value(f)
    switch (whole, index) {
    case (.list(let list), .int(let position)):
      return try attempt(at: span) { () throws(ValueError) in try list.element(at: position) }
    case (.record(let record), _):
      guard case .text(let key) = index else {
        throw Raise(.notKey(index), at: self.index.span)
      }
      return try attempt(at: span) { () throws(ValueError) in try record.field(key) }
    case (.list, _): throw Raise(.notIndex(index), at: self.index.span)
    default: throw Raise(.notIndexable(whole), at: base.span)
    }
  }
}

/// `[from..to]` of a list.
final class SliceNode: Node {
  private let base: Node
  private let lower: Node?
  private let upper: Node?

  init(_ base: Node, _ lower: Node?, _ upper: Node?, _ span: Span) {
    self.base = base
    self.lower = lower
    self.upper = upper
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let whole = try base.value(f)
    guard case .list(let list) = whole else { throw Raise(.notSliceable(whole), at: base.span) }
    return .list(list.slice(from: try end(lower, f), through: try end(upper, f)))
  }

  private func end(_ node: Node?, _ f: Frame) throws(Raise) -> Int? {
    guard let node else { return nil }
    let value = try node.value(f)
    guard case .int(let position) = value else { throw Raise(.notIndex(value), at: node.span) }
    return position
  }
}

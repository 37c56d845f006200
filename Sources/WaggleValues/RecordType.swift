import Synchronization

/// A type of record that the API returns: its name and its fields, in the contract's order.
///
/// A field that the type has and an answer omitted reads as null; a field that it does not have is
/// an error. One object stands for one type: types are compared by identity.
@usableFromInline
package final class RecordType: Sendable {
  /// A field of a record type.
  package struct Field: Sendable {
    /// The name on the wire.
    package let name: String
    /// What it holds.
    package let schema: Schema
    /// Whether an answer may leave it out.
    package let isOptional: Bool

    /// Makes a field.
    package init(_ name: String, _ schema: Schema, isOptional: Bool = false) {
      self.name = name
      self.schema = schema
      self.isOptional = isOptional
    }
  }

  /// What the language calls it: `Instance`, `Task`.
  package let name: String
  /// The fields in the contract's order.
  package let fields: [Field]
  private let positions: [String: Int]
  private let root = AtomicLazyReference<Shape>()

  /// Makes a type of its fields.
  package init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    self.positions = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Where every record of this type begins: no keys.
  ///
  /// Root and type hold each other for good: types are as many as the catalogue has.
  package var rootShape: Shape { root.load() ?? root.storeIfNil(Shape(rootFor: self)) }

  /// The field of a name, nil where the type has none.
  package func field(_ name: String) -> Field? { positions[name].map { fields[$0] } }
}

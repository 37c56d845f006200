/// What is known of a value before it exists: the type of a field, a parameter, an expression.
///
/// The catalogue describes the API's types with it, the checker infers with it, and the JSON reader
/// makes times of fields that are times.
package indirect enum Schema: Sendable {
  /// Nothing is known.
  case any
  case null
  case bool
  case int
  case float
  /// An int or a float.
  case number
  case text
  /// Text out of known values; `open` takes others too, when they are quoted.
  case choice([String], open: Bool)
  case duration
  case time
  case secret
  case list(Schema)
  /// A record of a type of the API.
  case typed(RecordType)
  /// A record of which nothing, or these fields, is known.
  case record([(name: String, schema: Schema)]?)
}

/// A type of record that the API returns: its name and its fields, in the contract's order.
///
/// A field that the type has and an answer omitted reads as null; a field that it does not have is
/// an error. One object stands for one type: types are compared by identity.
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

  /// Makes a type of its fields.
  package init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    self.positions = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The field of a name, nil where the type has none.
  package func field(_ name: String) -> Field? { positions[name].map { fields[$0] } }
}

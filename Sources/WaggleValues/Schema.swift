/// What is known of a value before it exists: the type of a field, a parameter, an expression.
///
/// The catalogue describes the API's types with it, the checker infers with it, and the JSON reader
/// makes times of fields that are times.
@usableFromInline
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
  /// A stream of such items.
  case stream(Schema)
}

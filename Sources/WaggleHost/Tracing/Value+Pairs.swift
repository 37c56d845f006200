import WaggleValues

/// Records that are made to be written as JSON: of a log line, an event, an entry of an archive.
extension Value {
  /// A record of fields in their order; no name comes twice, and nothing in it nests deep.
  static func record(pairs: [(String, Value)]) -> Value {
    .record(Record(shape: Shape.plain.appending(pairs.map { $0.0 }), values: pairs.map { $0.1 }))
  }
}

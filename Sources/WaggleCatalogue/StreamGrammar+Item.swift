import WaggleValues

extension Catalogue {
  /// The operation that reads what a stream tells of: that of its path without the last part.
  package func lookOperation(of stream: Operation) -> Operation? {
    guard stream.success.isStream else { return nil }
    let whole = Array(stream.path.split(separator: "/").dropLast())
    return operations(of: stream.group).first {
      $0.method == "GET" && $0.path.split(separator: "/") == whole
    }
  }
}

/// The one type that all items of a stream have.
extension StreamGrammar {
  /// A type of all fields that the events of a stream have, so that a walk may ask each item for any
  /// of them: `type` says what an item is, the name of its event where its data does not.
  ///
  /// Where there is one type already, it is that.
  static func item(of frames: [Frame]) -> RecordType {
    guard let first = frames.first?.type, frames.contains(where: { $0.type !== first }) else {
      return frames.first?.type ?? RecordType("StreamEvent", [])
    }
    var fields = [RecordType.Field("type", .choice(kinds(of: frames), open: true))]
    for frame in frames {
      for field in frame.type.fields where !fields.contains(where: { $0.name == field.name }) {
        fields.append(RecordType.Field(field.name, field.schema, isOptional: true))
      }
    }
    return RecordType("StreamEvent", fields)
  }

  /// What `type` may say: the values that the data has for it, else the names of the events.
  private static func kinds(of frames: [Frame]) -> [String] {
    var kinds: [String] = []
    for frame in frames {
      var own = [frame.name]
      if case .choice(let values, _)? = frame.type.field("type")?.schema { own = values }
      for kind in own where !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }
}

import WaggleCatalogue
import WaggleText
import WaggleValues

/// Telling apart what a call is given by place: ids of the path, then fields of the body.
struct PlacedValues {
  let path: [String]
  let fields: [(parameter: Parameter, value: Value, place: Int)]

  /// Takes values in the order typed; a record stands for as many ids in a row as it serves for.
  init(
    _ values: [Value], of operation: Operation, spans: [Span], at span: Span
  ) throws(Raise) {
    var path: [String] = []
    var fields: [(parameter: Parameter, value: Value, place: Int)] = []
    for (place, value) in values.enumerated() {
      let ids = operation.pathParameters.dropFirst(path.count)
      if let first = ids.first {
        let spot = spans.indices.contains(place) ? spans[place] : span
        for parameter in [first] + ids.dropFirst().prefix(while: { $0.isServed(by: value) }) {
          guard path.count < operation.pathParameters.count else { break }
          path.append(try parameter.id(of: value, operation, at: spot))
        }
      } else if let name = operation.positional.dropFirst(fields.count).first,
        let parameter = operation.parameter(named: name)
      {
        fields.append((parameter, value, place))
      } else {
        throw Raise(.tooManyPlaces(operation), at: span)
      }
    }
    if let missing = operation.pathParameters.dropFirst(path.count).first {
      throw Raise(.missingID(missing, operation), at: span)
    }
    self.path = path
    self.fields = fields
  }

  /// The places of the ids that are lists, each being a call of its own.
  static func lists(among values: [Value], of operation: Operation) -> [Int] {
    var lists: [Int] = []
    var ids = operation.pathParameters[...]
    for (place, value) in values.enumerated() {
      guard !ids.isEmpty else { break }
      var one: Value? = value
      if case .list(let list) = value {
        lists.append(place)
        one = list.elements.first
      }
      ids = ids.dropFirst()
      guard let one else { continue }
      ids = ids.drop { $0.isServed(by: one) }
    }
    return lists
  }
}

extension Parameter {
  /// Whether a value is a record that serves for it.
  fileprivate func isServed(by value: Value) -> Bool {
    guard case .record(let record) = value else { return false }
    return serves.contains { $0.type == record.type?.name }
  }

  /// The id that a value means: a text, or the field of a record of a type that serves.
  fileprivate func id(
    of value: Value, _ operation: Operation, at span: Span
  ) throws(Raise) -> String {
    switch value {
    case .text(let text): return text
    case .record(let record):
      guard let serves = serves.first(where: { $0.type == record.type?.name }) else {
        throw Raise(.wrongRecord(record, self, operation), at: span)
      }
      guard case .text(let id) = record[serves.field] else {
        throw Raise(.recordWithoutID(serves.type, serves.field), at: span)
      }
      return id
    default: throw Raise(.notID(value, self, operation), at: span)
    }
  }

  /// What is sent of a value: the id of a record that serves, milliseconds for a duration, of a
  /// record of the API the fields that are wanted, and a secret as one.
  func sent(_ value: Value) -> Value {
    switch value {
    case .record(let record):
      if let serves = serves.first(where: { $0.type == record.type?.name }) {
        return record[serves.field] ?? .null
      }
      return fields.isEmpty || record.type == nil ? value : .record(wanted(of: record))
    case .list(let list) where !fields.isEmpty:
      return (try? List(list.elements.map(sent))).map(Value.list) ?? value
    case .text(let text) where isSecret: return .secret(Secret(text))
    default: return inMilliseconds(value)
    }
  }

  /// The fields of a record of the API that the parameter has too; a file has a signed address
  /// besides, which is nobody else's business.
  private func wanted(of record: Record) -> Record {
    var wanted = Record()
    for field in fields {
      guard let value = record[field.name], value.kind != .null else { continue }
      try? wanted.set(field.name, value)
    }
    return wanted
  }
}

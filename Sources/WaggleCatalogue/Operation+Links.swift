import WaggleValues

/// Where one may go on from an answer: the `links` of an OpenAPI document.
///
/// The record that an operation answers, or the first one of its list, names what others are about.
/// A link leads to each operation whose last id is that record's own and was not known to who asked,
/// if the answer and the request have its other ids too.
///
///     GET /api/v1/agents → getAgent, invokeAgent, …: agentId = $response.body#/data/0/id
extension Operation {
  /// The links of its answer, by the id of the operation that each leads to; nil for none.
  func links(to operations: [Operation], in catalogue: Catalogue) -> Value? {
    guard let (type, place) = answeredRecord,
      let own = catalogue.entry(of: type)?.idFields.last
    else { return nil }
    let links = operations.compactMap { other -> (String, Value?)? in
      guard let last = other.pathParameters.last, last.field(of: type) == own,
        sameID(as: last) == nil, let ids = ids(for: other, of: type, at: place)
      else { return nil }
      return (
        other.id, .object([("operationId", .text(other.id)), ("parameters", .object(ids))])
      )
    }
    return links.isEmpty ? nil : .object(links)
  }

  /// The record that its answer begins with, and where in the body it stands.
  private var answeredRecord: (type: RecordType, place: String)? {
    let data = success.isEnveloped ? "/data" : ""
    return switch success.shape {
    case .record(let type): (type, data)
    case .list(let type, _): (type, data + (success.items.map { "/" + $0 } ?? "") + "/0")
    default: nil
    }
  }

  /// Where another operation's ids come from: the answer, else the request; nil where one is in
  /// neither.
  private func ids(
    for other: Operation, of type: RecordType, at place: String
  ) -> [(String, Value?)]? {
    var ids: [(String, Value?)] = []
    for parameter in other.pathParameters {
      if let field = parameter.field(of: type) {
        ids.append((parameter.name, .text("$response.body#\(place)/\(field)")))
      } else if let mine = sameID(as: parameter) {
        ids.append((parameter.name, .text("$request.path.\(mine.name)")))
      } else {
        return nil
      }
    }
    return ids
  }

  /// The id in its own path that means the same, whatever its name.
  private func sameID(as parameter: Parameter) -> Parameter? {
    pathParameters.first { $0.serves.elementsEqual(parameter.serves, by: ==) }
  }
}

extension Parameter {
  /// The field from which a record of a type serves for it; nil where it does not.
  fileprivate func field(of type: RecordType) -> String? {
    serves.first { $0.type == type.name }?.field
  }
}

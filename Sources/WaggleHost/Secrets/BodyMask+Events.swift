import WaggleCatalogue
import WaggleValues

/// The events of a stream, each of which has a body of its own behind `data:`.
extension BodyMask {
  private enum Line {
    case data(Value)
    case other(String)
  }

  /// The events as a log may have them; nil where none came.
  ///
  /// A reply comes in pieces, and a secret in it may be cut by them: where the pieces of a field hold
  /// one when they are put together, none of them is shown.
  func events(of body: [UInt8], _ operation: Operation) -> String? {
    guard !body.isEmpty else { return nil }
    let mark = Array("data:".utf8)
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).map { line -> Line in
      if line.starts(with: mark), let value = json(Array(line.dropFirst(mark.count)), operation) {
        return .data(value)
      }
      return .other(String(decoding: line, as: UTF8.self))
    }
    let cut = namesOfCutSecrets(in: lines)
    let texts = lines.map { line in
      switch line {
      case .data(let value): vault.clean("data: " + Self.hiding(cut, in: value).json())
      case .other(let text): vault.clean(text)
      }
    }
    return texts.joined(separator: "\n")
  }

  /// The fields whose texts hold a secret together and not each for itself.
  private func namesOfCutSecrets(in lines: [Line]) -> Set<String> {
    var joined: [String: String] = [:]
    for case .data(let value) in lines { gather(value, into: &joined) }
    return Set(joined.filter { vault.clean($0.value) != $0.value }.keys)
  }

  private func gather(_ value: Value, into joined: inout [String: String]) {
    switch value {
    case .record(let record):
      for (name, field) in record {
        if case .text(let text) = field {
          joined[name, default: ""] += vault.clean(text)
        } else {
          gather(field, into: &joined)
        }
      }
    case .list(let list): for element in list.elements { gather(element, into: &joined) }
    default: break
    }
  }

  private static func hiding(_ names: Set<String>, in value: Value) -> Value {
    guard !names.isEmpty else { return value }
    switch value {
    case .record(let record):
      let values = record.map { name, field -> Value in
        if case .text = field, names.contains(name) { return .text(Secret.mask) }
        return hiding(names, in: field)
      }
      return .record(Record(shape: record.shape, values: values))
    case .list(let list):
      // No deeper than it was, so it is made.
      return .list((try? List(list.elements.map { hiding(names, in: $0) })) ?? List())
    default: return value
    }
  }
}

import WaggleValues

/// Commands about lists and records.
extension PlainCall {
  /// `reverse`.
  func reversed() throws(Raise) -> Value { try node.list(list().elements.reversed()) }

  /// `flatten`: one level.
  func flattened() throws(Raise) -> Value {
    let elements = try list().elements
    var size = 0
    for element in elements { if case .list(let list) = element { size += list.count } }
    try frame.admit(elements: size, at: node.span)
    try frame.burn(size, at: node.span)
    var flat: [Value] = []
    flat.reserveCapacity(max(size, elements.count))
    for element in elements {
      if case .list(let list) = element { flat += list.elements } else { flat.append(element) }
    }
    return try node.list(flat)
  }

  /// `chunk N`.
  func chunks() throws(Raise) -> Value {
    let elements = try list().elements
    guard case .int(let size)? = arguments.first, size >= 1 else {
      throw Raise(.notCount(arguments.first ?? .null, .chunk, from: 1), at: node.spot(0))
    }
    var chunks: [Value] = []
    var start = 0
    while start < elements.count {
      let end = size < elements.count - start ? start + size : elements.count
      chunks.append(try node.list(Array(elements[start..<end])))
      start = end
    }
    return try node.list(chunks)
  }

  /// `keys`.
  func keys() throws(Raise) -> Value { .list(List(texts: try record().keys)) }

  /// `values`.
  func values() throws(Raise) -> Value { try node.list(record().map(\.value)) }

  /// `get`: step by step, null once something is missing.
  func found() throws(Raise) -> Value {
    var value = input
    for (position, key) in arguments.enumerated() {
      switch (value, key) {
      case (.null, _): return .null
      case (.record(let record), .text(let name)): value = record[name] ?? .null
      case (.list(let list), .int(let index)):
        let position = index < 0 ? index &+ list.count : index
        value = list.elements.indices.contains(position) ? list.elements[position] : .null
      case (.record, _): throw Raise(.notKey(key), at: node.spot(position))
      case (.list, _): throw Raise(.notIndex(key), at: node.spot(position))
      default:
        throw Raise(
          .notValid("what `get` looks in", "a record or a list", value), at: node.spot(position))
      }
    }
    return value
  }
}

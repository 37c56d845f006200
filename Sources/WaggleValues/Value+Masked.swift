extension Value {
  /// The value with the mask in the place of each secret; itself where it holds none.
  package var masked: Value {
    guard holdsSecret else { return self }
    switch self {
    case .secret: return .text(Secret.mask)
    case .list(let list): return .list(List(trusted: list.elements.map(\.masked)))
    case .record(let record):
      return .record(Record(shape: record.shape, values: record.map(\.value.masked)))
    default: return self
    }
  }

  private var holdsSecret: Bool {
    switch self {
    case .secret: true
    case .list(let list): list.elements.contains(where: \.holdsSecret)
    case .record(let record): record.contains(where: \.value.holdsSecret)
    default: false
    }
  }
}

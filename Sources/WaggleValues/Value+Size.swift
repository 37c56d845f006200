extension Value {
  /// About how many bytes it takes to write the value as JSON, what is between included; counting
  /// stops at a bound, for a value whose parts are shared may be larger than any memory.
  package func printedSize(upTo bound: Int) -> Int {
    var size = 0
    addPrintedSize(to: &size, bound)
    return size
  }

  private func addPrintedSize(to size: inout Int, _ bound: Int) {
    guard size <= bound else { return }
    switch self {
    case .text(let text): size += text.utf8.count * 2 + 24
    case .secret(let secret): size += secret.revealed.utf8.count * 2 + 24
    case .list(let list):
      size += 24
      for element in list.elements {
        element.addPrintedSize(to: &size, bound)
        if size > bound { return }
      }
    case .record(let record):
      size += 24
      for (key, value) in record {
        size += key.utf8.count + 24
        value.addPrintedSize(to: &size, bound)
        if size > bound { return }
      }
    default: size += 24
    }
  }
}

import WaggleValues

/// How somebody looks what became of a change.
extension Call {
  /// The command that shows whether the change was carried out; nil where no operation does.
  ///
  /// `instances get instance_7` after a start, `instances list --search scout-7` after a deploy:
  /// the operation that reads the nearest thing on the path, asked for the name where it takes one.
  package var look: String? {
    if operation.isRequest { return requestLook }
    guard operation.effect != .read, let reader = Catalogue.beeOS.reader(of: operation) else {
      return nil
    }
    var words = [reader.command] + path.prefix(reader.pathParameters.count).map(Self.word)
    if case .text(let name)? = body?["name"], reader.query.contains(where: { $0.name == "search" })
    {
      words += ["--search", Self.word(name)]
    }
    return words.joined(separator: " ")
  }

  /// What a request of a script's own has made or changed stands where it was sent, but for a POST.
  private var requestLook: String? {
    guard operation.effect != .read, operation.method != "POST", let path = path.first else {
      return nil
    }
    return "\(Operation.requestGroup) GET \(Self.word(String(path.prefix { $0 != "?" })))"
  }

  /// A text as an argument is typed.
  private static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x5F: true
      default: false
      }
    }
    if isPlain, let first = text.first, first != "-", first != "." { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }
}

extension Catalogue {
  /// What shows the effect of operations of which the path says nothing.
  private static let readers = ["invokeAgent": "listAgentTasks"]

  /// The operation that shows what another one has changed.
  fileprivate func reader(of change: Operation) -> Operation? {
    if let id = Self.readers[change.id] { return operation(id: id) }
    if ["computer", "mobile"].contains(change.group) {
      return operation(group: change.group, action: "screenshot")
    }
    return groups.flatMap(operations(of:)).filter { $0.method == "GET" && $0.leads(to: change) }
      .max { $0.path.utf8.count < $1.path.utf8.count }
  }
}

extension Operation {
  /// Whether its path is that of another operation or one above it, whatever its ids are called.
  fileprivate func leads(to other: Operation) -> Bool {
    let (own, whole) = (segments, other.segments)
    return own.count <= whole.count && zip(own, whole).allSatisfy(==)
  }

  private var segments: [Substring] {
    path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : $0 }
  }
}

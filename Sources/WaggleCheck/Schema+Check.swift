import WaggleValues

/// The kinds of value that do not mix in a comparison.
enum Family: Equatable {
  case null, bool, number, text, duration, time, secret, list, record, stream
}

extension Schema {
  /// The family of the values; nil where nothing is known.
  var family: Family? {
    switch self {
    case .any: nil
    case .null: .null
    case .bool: .bool
    case .int, .float, .number: .number
    case .text, .choice: .text
    case .duration: .duration
    case .time: .time
    case .secret: .secret
    case .list: .list
    case .typed, .record: .record
    case .stream: .stream
    }
  }

  /// Whether a word keeps its spelling where this is wanted.
  var wantsSpelling: Bool {
    switch self {
    case .text, .choice, .secret, .time: true
    default: false
    }
  }

  /// What a list or a stream of these holds; `any` of everything else.
  var element: Schema {
    switch self {
    case .list(let element), .stream(let element): element
    default: .any
    }
  }

  /// Whether this is a list.
  var isList: Bool { family == .list }

  /// Whether nothing is known.
  var isAny: Bool { family == nil }

  /// The type of the record.
  var type: RecordType? { if case .typed(let type) = self { type } else { nil } }

  /// The names of the fields that are known; nil where they are not.
  var fieldNames: [String]? {
    switch self {
    case .typed(let type): type.fields.map(\.name)
    case .record(let fields): fields?.map(\.name)
    default: nil
    }
  }

  /// Whether values of both can meet in one place: false only when they surely differ.
  func mayBe(_ wanted: Schema) -> Bool {
    guard let mine = family, let other = wanted.family, mine != .null, other != .null else {
      return true
    }
    switch (self, wanted) {
    case (.float, .int): return false
    case (.list(let a), .list(let b)), (.stream(let a), .stream(let b)): return a.mayBe(b)
    default: break
    }
    switch (mine, other) {
    case (.text, .time), (.secret, .text), (.text, .secret): return true
    default: return mine == other
    }
  }

  /// What is known of a value that is one or the other.
  func joined(with other: Schema) -> Schema {
    switch (self, other) {
    case (.null, _): other
    case (_, .null): self
    case (.bool, .bool), (.int, .int), (.float, .float), (.text, .text), (.duration, .duration),
      (.time, .time), (.secret, .secret):
      self
    case (.choice(let a, let openA), .choice(let b, let openB)) where a == b && openA == openB: self
    case (.list(let a), .list(let b)): .list(a.joined(with: b))
    case (.stream(let a), .stream(let b)): .stream(a.joined(with: b))
    case (.typed(let a), .typed(let b)) where a === b: self
    default: joined(loosely: other)
    }
  }

  private func joined(loosely other: Schema) -> Schema {
    guard let mine = family, mine == other.family else { return .any }
    switch mine {
    case .number: return .number
    case .text: return .text
    case .record: return .record(nil)
    default: return .any
    }
  }
}

extension ParameterType {
  /// What is known of a value of this type.
  var schema: Schema {
    switch self {
    case .text: .text
    case .int: .int
    case .float: .float
    case .bool: .bool
    case .duration: .duration
    case .time: .time
    case .list: .list(.any)
    case .record: .record(nil)
    case .any: .any
    }
  }
}

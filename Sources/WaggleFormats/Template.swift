package import WaggleValues

/// A text with places for fields of a value: `{name:<20} {totalRunSeconds:>8}`.
///
/// What stands in a place is the path of a field, nothing for the value itself, and behind a `:` how
/// it is laid out: `<` `^` `>` (left, centre, right), `0` (zeros in front of a number), a width in
/// characters, `.` and a number of decimals. `{{` and `}}` are braces.
package struct Template: Sendable {
  /// A piece: text as it is, or a place.
  private enum Piece {
    case literal(String)
    case place(path: [String], Layout)
  }

  /// How a value is laid out in its place.
  struct Layout {
    /// Where it stands in a width that is greater than its own; nil for the usual side.
    var side: Character?
    var hasZeros = false
    var width = 0
    var decimals: Int?

    /// The greatest width and number of decimals.
    static let most = 1_000
  }

  private var pieces: [Piece] = []

  /// Reads a template; throws where a brace has no partner or a layout is none.
  package init(_ text: String) throws(TemplateError) {
    var rest = text[...]
    var literal = ""
    while let character = rest.popFirst() {
      if (character == "{" || character == "}"), rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { throw TemplateError(.unclosed) }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        pieces.append(try Self.place(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        throw TemplateError(.unopened)
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
  }

  private static func place(_ text: Substring) throws(TemplateError) -> Piece {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first ?? ""
    let path = name.isEmpty ? [] : name.split(separator: ".", omittingEmptySubsequences: false)
    guard path.allSatisfy({ !$0.isEmpty && !$0.contains(" ") && $0 != "{" }) else {
      throw TemplateError(.path(String(name)))
    }
    guard parts.count == 2 else { return .place(path: path.map(String.init), Layout()) }
    guard let layout = Layout(parts[1]) else { throw TemplateError(.layout(String(parts[1]))) }
    return .place(path: path.map(String.init), layout)
  }

  /// The text with a value's fields in their places; a secret where one of them is.
  ///
  /// A field that is missing is an error, as `.field` has it.
  package func text(of value: Value) throws(ValueError) -> Value {
    var builder = TextBuilder()
    for piece in pieces {
      switch piece {
      case .literal(let text): builder.append(text)
      case .place(let path, let layout):
        var field = value
        for name in path { field = try Self.field(name, of: field) }
        try layout.add(field, to: &builder)
      }
    }
    return builder.finish()
  }

  private static func field(_ name: String, of value: Value) throws(ValueError) -> Value {
    guard case .record(let record) = value else {
      throw .invalid(
        what: "what `{\(name)}` is taken from", valid: "a record", actual: value.describedForError)
    }
    return try record.field(name)
  }
}

extension Template.Layout {
  /// Reads what stands behind the `:`; nil where it is no layout.
  fileprivate init?(_ text: Substring) {
    var rest = text
    if let first = rest.first, "<^>".contains(first) { side = rest.removeFirst() }
    if rest.first == "0" { hasZeros = true }
    guard let width = Self.number(&rest) else { return nil }
    self.width = width
    if rest.first == "." {
      rest.removeFirst()
      guard rest.first != nil, let decimals = Self.number(&rest) else { return nil }
      self.decimals = decimals
    }
    if !rest.isEmpty || (hasZeros && side != nil) { return nil }
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    guard !digits.isEmpty else { return 0 }
    guard let number = Int(digits), number <= most else { return nil }
    return number
  }

  /// Adds a value as it is laid out.
  fileprivate func add(_ value: Value, to builder: inout TextBuilder) throws(ValueError) {
    let text =
      try decimals.map { (places) throws(ValueError) in try Self.rounded(value, places) }
      ?? value.asText
    let isNumeric = [.int, .float, .duration].contains(value.kind)
    let room = max(0, width - (text.revealedText?.count ?? 0))
    let before =
      switch side {
      case "<": 0
      case ">": room
      case "^": room / 2
      default: isNumeric ? room : 0
      }
    if hasZeros, isNumeric {
      let spelling = value.kind == .duration ? "" : text.revealedText ?? ""
      let sign = spelling.hasPrefix("-") ? "-" : ""
      builder.append(sign + String(repeating: spelling.isEmpty ? " " : "0", count: room))
      builder.append(spelling.isEmpty ? text : .text(String(spelling.dropFirst(sign.count))))
    } else {
      builder.append(String(repeating: " ", count: before))
      builder.append(text)
      builder.append(String(repeating: " ", count: room - before))
    }
  }

  /// A number with so many decimals, the last one rounded.
  private static func rounded(_ value: Value, _ decimals: Int) throws(ValueError) -> Value {
    let spelling: Decimals?
    switch value {
    case .null: return .text("")
    case .int(let int): spelling = Decimals(String(int))
    case .float(let double): spelling = Decimals(double.description)
    case .number(let number): spelling = Decimals(number.text)
    default: spelling = nil
    }
    guard let spelling else {
      throw .invalid(
        what: "what has decimals", valid: "a number", actual: value.describedForError)
    }
    return .text(spelling.rounded(to: decimals))
  }
}

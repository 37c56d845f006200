/// How a function is declared and called, for people.
extension CheckedFunction {
  /// How it is declared: `idle(hours: int, names...)`.
  package var signature: String {
    let formals = formals.map { formal in
      let type = formal.type == .any ? "" : ": \(formal.type.rawValue)"
      return formal.name + (formal.isRest ? "..." : type)
    }
    return "\(name)(\(formals.joined(separator: ", ")))"
  }

  /// How it is typed: `idle [HOURS] [NAMES…]`.
  package var usage: String {
    let words = formals.map { formal in
      let word = formal.name.uppercased()
      return formal.isRest ? "[\(word)…]" : formal.preset == nil ? word : "[\(word)]"
    }
    return ([name] + words).joined(separator: " ")
  }
}

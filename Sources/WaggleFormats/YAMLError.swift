/// Why a text is not YAML that Waggle reads, and where.
package struct YAMLError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Cause: Sendable, Equatable {
    /// Not YAML; the reason is libyaml's.
    case syntax(String)
    /// A second document.
    case secondDocument
    /// A key that comes twice in one mapping.
    case repeatedKey(String)
    /// A key that is a list or a mapping.
    case keyNotScalar
    /// A tag that is none of YAML's own.
    case unknownTag(String)
    /// A tag that does not fit what it stands before.
    case wrongTag(String)
    /// `.inf`, `.nan`.
    case notFinite(String)
    /// An alias without an anchor before it, or inside of it.
    case unknownAlias(String)
    /// Aliases that stand for more than is read.
    case tooManyAliases
    /// What `<<` brings in is no mapping.
    case notMergeable
    /// Lists and records nest deeper than `Value.maxDepth`.
    case tooDeep
  }

  /// What is wrong.
  package let cause: Cause
  /// The line, from 1.
  package let line: Int

  init(_ cause: Cause, line: Int) {
    self.cause = cause
    self.line = line
  }

  /// The error as one sentence without a full stop.
  package var message: String {
    switch cause {
    case .syntax(let reason): "line \(line) is not YAML: \(reason)"
    case .secondDocument:
      "the YAML must be one document, but a second one begins in line \(line)"
    case .repeatedKey(let key):
      "the keys of a YAML mapping must differ, but `\(key)` comes again in line \(line)"
    case .keyNotScalar: "a key in YAML must be a scalar, but in line \(line) it is a collection"
    case .unknownTag(let tag):
      "a tag in YAML must be `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` or `!!map`, "
        + "but in line \(line) it is `\(tag)`"
    case .wrongTag(let tag): "what `\(tag)` stands before in line \(line) must be one, but is not"
    case .notFinite(let text): "a number must be finite, but in line \(line) it is `\(text)`"
    case .unknownAlias(let name):
      "the alias `*\(name)` must follow its anchor `&\(name)`, but in line \(line) there is none"
    case .tooManyAliases:
      "the aliases of a YAML text must stand for at most \(YAMLReader.mostNodes) values, "
        + "but at line \(line) they stand for more"
    case .notMergeable:
      "what `<<` brings in must be a mapping or a list of them, but in line \(line) is not"
    case .tooDeep:
      "lists and records must nest at most 512 deep, but in line \(line) they nest deeper"
    }
  }
}

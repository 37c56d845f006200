import WaggleFormats
import WaggleValues

/// Faults of the built-in commands, worded: *what* must be *valid*, but is *actual*.
extension Fault.Cause {
  /// The one shape of them.
  static func notValid(_ what: String, _ valid: String, _ actual: Value) -> Fault.Cause {
    .misuse("\(what) must be \(valid), but is \(actual.describedForError)")
  }

  static func wrongInput(_ command: String, wanted: String, _ value: Value) -> Fault.Cause {
    .notValid("the input of `\(command)`", wanted, value)
  }

  static let emptyOldText = Fault.Cause.misuse(
    "the text that `replace` looks for must be at least one character, but is empty")

  static func template(_ error: TemplateError) -> Fault.Cause { .misuse(error.message) }

  static func groupNameTaken(_ name: String) -> Fault.Cause {
    .misuse(
      "the name of a group must be other than `text` and `groups` and stand once, but is `\(name)`")
  }

  static func unreadable(_ error: Format.Failure) -> Fault.Cause { .misuse(error.message) }

  /// The reader's own words would show some of it.
  static func secretUnreadable(_ format: Format) -> Fault.Cause {
    .misuse("the secret is not \(format.name)")
  }

  static let secretNotPattern = Fault.Cause.misuse("the secret is not a regular expression")

  /// Two values that would be groups of one name.
  static func groupsAlike(_ one: Value, _ other: Value, _ name: String) -> Fault.Cause {
    .misuse(
      "the values that `group` goes by must print differently, but \(one.kind.withArticle) and "
        + "\(other.kind.withArticle) are both `\(name)`")
  }
}

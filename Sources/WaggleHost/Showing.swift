import WaggleValues

/// How the values of a run are shown.
struct Showing: Sendable {
  /// Makes the text of a value, as `--output` says.
  let value: @Sendable (Value) -> String
  /// Makes the text of an item of a stream, as it comes.
  let item: @Sendable (Value) -> String
  /// Makes the line that tells how a task stands that is followed; nil for a run that is to be quiet.
  let followed: (@Sendable (Record) -> String?)?
  /// Whether `--output` asks for a form that programs read, in which nothing else may stand.
  let isForPrograms: Bool
}

/// Whose something is, as the API spells it.
enum Owner: String, Sendable {
  /// The owner of the key that a world gives out.
  case caller = "user_1"
  /// Somebody else, whose things are there and not to be seen.
  case other = "user_2"
}

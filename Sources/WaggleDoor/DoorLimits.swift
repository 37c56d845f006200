/// How much a client may ask of the door, and how long it may take; times are in nanoseconds.
package struct DoorLimits: Sendable {
  /// The most connections at a time; one more is closed as soon as it comes.
  package var connections = 1_000
  /// The longest that a connection may stand without a request.
  package var idle = 60_000_000_000
  /// The longest that a request may take to arrive, from its first line to its last byte.
  package var request = 15_000_000_000
  /// The longest that a client may take to read its answer and go.
  package var answer = 30_000_000_000
  /// The longest that answers under way are given for when the door closes.
  package var closing = 2_000_000_000

  /// Makes the limits of a real run; tests tighten them.
  package init() {}

  /// How often connections are looked at for being late.
  var round: Int { max(min(idle, request, answer) / 4, 5_000_000) }
}

/// How long a call may take and how much its answer may hold.
package struct HTTPLimits: Sendable {
  /// The longest that a connection may take to be there, in nanoseconds.
  package var connect = 10_000_000_000
  /// The longest that the server may say nothing, in nanoseconds; it may hold a call for 120 s.
  package var silence = 125_000_000_000
  /// The longest that a call may take in all, in nanoseconds.
  package var whole = 300_000_000_000
  /// The most bytes of an answer's body.
  package var answerBytes = 64 << 20
  /// The longest that a stream may say nothing, in nanoseconds: the API sends nothing while nothing
  /// happens, and proxies on the way cut such a connection after 60 to 350 s.
  package var streamSilence = 360_000_000_000
  /// How many bytes of a stream may wait for their reader before the server has to.
  package var streamBytes = 256 << 10
  /// The most connections at a time; more than the strands that can call.
  package var connections = 1_100

  /// Makes the limits of a real run; tests shorten them.
  package init() {}
}

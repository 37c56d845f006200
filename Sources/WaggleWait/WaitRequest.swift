/// What a `wait` asks for: which subjects, until what, how long and how often to look.
///
/// A list is one request, and one schedule looks after all of it.
///
///     WaitRequest(
///       type: "Instance", subjects: [Subject(id: "instance_7")], timeout: 300_000_000_000
///     ) { look in look.isReady ? .reached : .notYet }
package struct WaitRequest: @unchecked Sendable {
  /// The type of the subjects, as the language calls it.
  package let type: String
  /// What is waited for, in the given order; the same one may come twice.
  package private(set) var subjects: [Subject]
  /// How many of them suffice; nil for all.
  package let any: Int?
  /// How long at most, in nanoseconds; nil for ever.
  package let timeout: Int?
  /// A fixed pace in nanoseconds; nil for the usual one, see `Pace`.
  package let every: Int?
  /// For how long, in nanoseconds, a subject may stay as it is; nil for ever.
  package let stuckAfter: Int?
  /// The states in which the condition cannot come true, whatever else is so.
  package let hopeless: [String]
  /// Whether nothing that is waited for can come before an end, so that it is enough to know whether
  /// a subject has ended.
  package let isForEnds: Bool
  /// Whether the condition speaks of `gone`, so that a 404 of what never was is for it to judge.
  package let expectsGone: Bool
  /// Whether the condition speaks of `ready`, so that progress says what a subject misses of it.
  package let expectsReady: Bool
  /// Judges a look; called on the waiting strand alone, one look after another.
  ///
  /// What it throws ends the wait and comes back to the caller as it is.
  package let judge: (Look) throws -> Verdict
  /// Says of each part of the condition what it is about a look; called as the judge is, and asks
  /// nobody.
  package let explain: ((Look) -> [ConditionPart])?

  /// Ten minutes: how long a wait takes that does not say.
  package static let usualTimeout = 600_000_000_000

  /// Makes a request.
  package init(
    type: String = "Instance", subjects: [Subject], any: Int? = nil,
    timeout: Int? = WaitRequest.usualTimeout, every: Int? = nil, stuckAfter: Int? = nil,
    hopeless: [String] = [], isForEnds: Bool = false, expectsGone: Bool = false,
    expectsReady: Bool = false,
    explain: ((Look) -> [ConditionPart])? = nil, judge: @escaping (Look) throws -> Verdict
  ) {
    self.type = type
    self.subjects = subjects
    self.any = any
    self.timeout = timeout
    self.every = every
    self.stuckAfter = stuckAfter
    self.hopeless = hopeless
    self.isForEnds = isForEnds
    self.expectsGone = expectsGone
    self.expectsReady = expectsReady
    self.explain = explain
    self.judge = judge
  }

  /// The same request with more known of its subjects.
  package func with(subjects: [Subject]) -> WaitRequest {
    var request = self
    request.subjects = subjects
    return request
  }
}

package import WaggleTime

/// How far a wait is, as told after each round of looks.
package struct WaitProgress: Equatable, Sendable {
  /// A subject that was seen in another state than before.
  package struct Change: Equatable, Sendable {
    /// Its id.
    package let id: String
    /// Its name, as the API gives it; nil where it has none.
    package let name: String?
    /// The state before; nil at the first look.
    package let from: String?
    /// The state now; `gone` where the API has it no longer, `running but not online` where that is
    /// what `ready` misses.
    package let to: String

    /// Makes a change.
    package init(id: String, name: String?, from: String?, to: String) {
      self.id = id
      self.name = name
      self.from = from
      self.to = to
    }
  }

  /// The state of what no look has shown yet.
  package static let unseen = "not seen"

  /// The key of the strand that waits: a strand waits for one thing at a time.
  package let strand: String
  /// How many subjects there are.
  package let total: Int
  /// How many had to get there.
  package let needed: Int
  /// How many got there.
  package let reached: Int
  /// How many of those seen are in which state, in the order in which one lives through them.
  package let states: [State]
  /// The subjects that changed since the last time, in the given order.
  package let changes: [Change]
  /// The nanoseconds since the wait began.
  package let elapsed: Int
  /// The calls made for the wait.
  package let calls: Int
  /// Whether this is the last that is told of the wait.
  package let isOver: Bool
  /// Whether it was ended from outside: by Ctrl-C, a block around it, an error that is not its own.
  package let wasStopped: Bool
  /// The type of the subjects, as the language calls it.
  package let type: String
  /// When this was so, on the clock of the run.
  package let at: Instant
  /// The nanoseconds that the wait may take; nil for ever.
  package let limit: Int?
  /// When the next look is due; nil where that is not known, or there is none.
  package let nextLook: Instant?
  /// What the request budget leaves to looks; nil where that is not known.
  package let allowance: Allowance?
  /// Those that are not there and are longest in their state, the longest first; a few.
  package let slowest: [Waiting]
  /// The states that subjects have left since the last time.
  package let stays: [Stay]
  /// Why looks of the last round were not answered; nil where they were.
  package let trouble: String?

  /// What is known of a wait without subjects; nil for one with subjects.
  package let asked: Asked?

  /// The condition of a wait without subjects.
  package struct Asked: Equatable, Sendable {
    /// How often it was asked.
    package let count: Int
    /// Its parts, as they were when it was answered last.
    package let parts: [ConditionPart]

    /// Makes one.
    package init(count: Int, parts: [ConditionPart]) {
      self.count = count
      self.parts = parts
    }
  }

  /// How many subjects are in a state.
  package struct State: Equatable, Sendable {
    /// The state, such as `provisioning`.
    package let name: String
    /// How many are in it.
    package let count: Int
    /// Its place among the states that one lives through, counted from 0.
    package let place: Int

    /// Makes a count.
    package init(name: String, count: Int, place: Int) {
      self.name = name
      self.count = count
      self.place = place
    }

    /// The counts of several waits as one, in the order in which one lives through the states.
    package static func sum(_ counts: [[State]]) -> [State] {
      if counts.count == 1, let only = counts.first { return only }
      var sums: [String: State] = [:]
      for state in counts.joined() {
        let before = sums[state.name]?.count ?? 0
        sums[state.name] = State(
          name: state.name, count: before + state.count, place: state.place)
      }
      return sums.values.sorted { ($0.place, $0.name) < ($1.place, $1.name) }
    }
  }

  /// Makes a report.
  package init(
    strand: String, type: String = "Instance", total: Int, needed: Int, reached: Int,
    states: [State], changes: [Change], at: Instant = Instant(nanoseconds: 0), elapsed: Int,
    limit: Int? = nil, calls: Int, nextLook: Instant? = nil, allowance: Allowance? = nil,
    slowest: [Waiting] = [], stays: [Stay] = [], trouble: String? = nil,
    asked: Asked? = nil, isOver: Bool, wasStopped: Bool = false
  ) {
    self.strand = strand
    self.total = total
    self.needed = needed
    self.reached = reached
    self.states = states
    self.changes = changes
    self.elapsed = elapsed
    self.calls = calls
    self.isOver = isOver
    self.wasStopped = wasStopped
    self.type = type
    self.at = at
    self.limit = limit
    self.nextLook = nextLook
    self.allowance = allowance
    self.slowest = slowest
    self.stays = stays
    self.trouble = trouble
    self.asked = asked
  }
}

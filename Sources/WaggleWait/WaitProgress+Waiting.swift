extension WaitProgress {
  /// A subject that is not there yet, or will not be.
  package struct Waiting: Equatable, Sendable {
    /// Its id.
    package let id: String
    /// Its name, as the API gives it; nil where it has none.
    package let name: String?
    /// The state that it was seen in last; `gone` where the API has it no longer.
    package let state: String
    /// For how many nanoseconds it has been seen in it, by the clock of this run.
    package let nanoseconds: Int
    /// Since when it is in it, by the clock of the API; nil where that does not say.
    package let entered: String?
    /// For how many seconds one is in such a state at most, as a rule; nil where there is no rule.
    package let usual: Int?
    /// Why it is not there.
    package let reason: WaitReason
    /// The parts of the condition, as the last look decided them.
    package let parts: [ConditionPart]

    /// Makes one.
    package init(
      id: String, name: String?, state: String, nanoseconds: Int, entered: String? = nil,
      usual: Int? = nil, reason: WaitReason = .notYet, parts: [ConditionPart] = []
    ) {
      self.id = id
      self.name = name
      self.state = state
      self.nanoseconds = nanoseconds
      self.entered = entered
      self.usual = usual
      self.reason = reason
      self.parts = parts
    }
  }

  /// A state that a subject has left, and for how many nanoseconds it was in it.
  package struct Stay: Equatable, Sendable {
    /// The state.
    package let state: String
    /// How long, by one clock: the API's where it says, else this run's.
    package let nanoseconds: Int

    /// Makes a stay.
    package init(state: String, nanoseconds: Int) {
      self.state = state
      self.nanoseconds = nanoseconds
    }
  }

  /// How many of those that wait longest are told of.
  package static let mostWaiting = 8
}

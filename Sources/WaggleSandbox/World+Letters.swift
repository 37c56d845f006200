package import WaggleTime

/// What a world has for a courier.
extension World {
  /// The most letters that are on their way at a time (contract, §13).
  package static let lettersAtOnce = 5

  /// Takes the letters that are due by a moment, so many at most; each wants a receipt.
  package func takeLetters(_ count: Int = World.lettersAtOnce, at now: Instant) -> [Letter] {
    withState { state in
      state.settleChannels(to: now.milliseconds)
      return state.webhooks.take(count, at: now.milliseconds)
    }
  }

  /// Takes note of what became of a letter.
  package func note(_ receipt: Receipt, at now: Instant) {
    withState { state in
      state.webhooks.note(receipt.letter, receipt.status, receipt.error, at: now.milliseconds)
    }
  }

  /// Lets a courier deliver everything that is due by now.
  package func deliver(by courier: any Courier, on strand: Strand) {
    while case let letters = takeLetters(at: strand.now), !letters.isEmpty {
      for receipt in courier.deliver(letters, on: strand) { note(receipt, at: strand.now) }
    }
  }
}

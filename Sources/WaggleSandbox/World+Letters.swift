package import WaggleTime

/// What a world has for a courier.
extension World {
  /// The most letters that are on their way at a time (contract, §13).
  package static let lettersAtOnce = 5

  /// Takes the letters that are due by a moment, so many at most; each wants a receipt.
  package func takeLetters(_ count: Int = World.lettersAtOnce, at now: Instant) -> [Letter] {
    withState { state in
      state.settleChannels(to: milliseconds(at: now))
      return state.webhooks.take(count, at: milliseconds(at: now))
    }
  }

  /// Takes note of what became of a letter.
  package func note(_ receipt: Receipt, at now: Instant) {
    withState { state in
      state.webhooks.note(receipt.letter, receipt.status, receipt.error, at: milliseconds(at: now))
    }
  }

  /// Whether any address was ever to be told of anything.
  package var hasWebhooks: Bool { withState { !$0.webhooks.all.isEmpty } }

  /// How many letters are on their way or to be tried once more.
  package var lettersLeft: Int { withState { $0.webhooks.countLeft } }

  /// Whether a letter is on its way or due by a moment.
  package func hasLetters(at now: Instant) -> Bool {
    withState { state in
      state.settleChannels(to: milliseconds(at: now))
      return state.webhooks.isBusy(at: milliseconds(at: now))
    }
  }

  /// Lets a courier deliver everything that is due by now, each letter at its moment and in the order
  /// of these; a clock on the wall does not stand still meanwhile, so there it is now.
  package func deliver(by courier: any Courier, on strand: Strand) {
    let end = strand.now
    while let moment = nextLetter, moment < end {
      deliver(at: strand.strands.isVirtual ? moment : strand.now, by: courier, on: strand)
      if let next = nextLetter, next <= moment { break }
    }
    deliver(at: strand.now, by: courier, on: strand)
  }

  /// When something next happens that a letter may tell of, or one is tried again.
  private var nextLetter: Instant? {
    withState { [$0.webhooks.nextDue, $0.channels.nextDue].compactMap { $0 }.min() }
      .map(moment)
  }

  private func deliver(at moment: Instant, by courier: any Courier, on strand: Strand) {
    while case let letters = takeLetters(at: moment), !letters.isEmpty {
      for receipt in courier.deliver(letters, on: strand) { note(receipt, at: moment) }
    }
  }
}

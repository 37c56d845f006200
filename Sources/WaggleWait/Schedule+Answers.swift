package import WaggleTime
package import WaggleValues

/// What calls were answered, and who hears of it.
extension Schedule {
  /// A round that takes longer, in nanoseconds, tells what it has as it goes: 2 s.
  private static let patience = 2_000_000_000
  /// From how many waits on one that nothing changed for is woken only every few seconds.
  private static let crowd = 64

  /// A page of the list came; total is the size of the whole list, where the API says it.
  package mutating func paged(
    _ errand: Errand, _ records: [(id: String, record: Record)], count: Int, total: Int?,
    at now: Instant, allowance: Allowance
  ) {
    guard case .page(let page) = errand.what else { return }
    topics[errand.type]?.read(page, count, total: total)
    for (id, record) in records { tell(id, .found(record), by: errand, page: page, at: now) }
    answered(errand, at: now, allowance)
  }

  /// A page of a roll came: who stands on it is as it was, but for what whole records show.
  package mutating func called(
    _ errand: Errand, _ page: RollPage, at now: Instant, allowance: Allowance
  ) {
    guard case .roll(let name, let number) = errand.what, let topic = topics[errand.type] else {
      return
    }
    topics[errand.type]?.called(name, number, page, at: now)
    for (id, record) in page.records {
      if topic.rolls?.showsRecords ?? false {
        tell(id, .found(record), by: errand, at: now)
      } else if let last = topic.targets[id]?.last, topic.rolls?.name(last) == name {
        tell(id, .found(last), isRead: false, by: errand, at: now)
      }
    }
    answered(errand, at: now, allowance)
  }

  /// A get showed a record.
  package mutating func found(
    _ errand: Errand, _ record: Record, at now: Instant, allowance: Allowance
  ) {
    guard case .get(let id) = errand.what else { return }
    tell(id, .found(record), by: errand, at: now)
    answered(errand, at: now, allowance)
  }

  /// A get was answered by 404.
  package mutating func missed(_ errand: Errand, at now: Instant, allowance: Allowance) {
    guard case .get(let id) = errand.what else { return }
    tell(id, .missed, by: errand, at: now)
    answered(errand, at: now, allowance)
  }

  /// A call had no answer, or one that may pass: the waits concerned look past it.
  package mutating func failed(
    _ errand: Errand, _ message: String, retryAfter: Int?, blamesList: Bool = false,
    at now: Instant, allowance: Allowance
  ) {
    topics[errand.type]?.trouble(
      retryAfter: retryAfter, blamesList: blamesList && !errand.isGet, at: now)
    for wait in concerned(by: errand) {
      hear(wait, News(id: "", what: .trouble(message), moment: now), isNew: false, by: errand)
    }
    answered(errand, at: now, allowance)
  }

  /// Waits are over for a reason of their own: their strands are to see that.
  package mutating func wake(_ waits: [Int]) { ring(waits.filter { self.waits[$0] != nil }) }

  /// The list may not be read: the subjects are read one by one from now on.
  package mutating func refused(_ errand: Errand, at now: Instant, allowance: Allowance) {
    if case .roll = errand.what {
      topics[errand.type]?.rolls = nil
    } else {
      topics[errand.type]?.canList = false
    }
    topics[errand.type]?.trouble(retryAfter: nil, blamesList: false, at: now)
    answered(errand, at: now, allowance)
  }

  /// The strand was stopped before the answer came: the errand is given out again.
  package mutating func gaveUp(_ errand: Errand, at now: Instant, allowance: Allowance) {
    if let tick = topics[errand.type]?.tick, !tick.isTroubled, !tick.wanted.isEmpty {
      topics[errand.type]?.tick?.pending.insert(errand.what, at: 0)
    }
    answered(errand, at: now, allowance)
    topics[errand.type]?.tick?.unanswered = errand.begun
  }

  /// The waits that an answer concerns: those that began before the call was sent.
  package func concerned(by errand: Errand) -> [Int] {
    guard let topic = topics[errand.type] else { return [] }
    let interests =
      switch errand.what {
      case .get(let id): topic.targets[id]?.interests ?? []
      case .page, .roll: topic.targets.values.flatMap(\.interests)
      }
    return Set(interests.map(\.wait)).filter { $0 < errand.number }.sorted()
  }

  private mutating func tell(
    _ id: String, _ what: News.What, isRead: Bool = true, by errand: Errand, page: Int? = nil,
    at now: Instant
  ) {
    guard let target = topics[errand.type]?.targets[id] else { return }
    var record: Record?
    if case .found(let found) = what { record = found }
    guard
      let isNew = topics[errand.type]?.see(id, record, isRead: isRead, page: page, by: errand)
        ?? nil
    else { return }
    let news = News(id: id, what: what, moment: now)
    for interest in target.interests where interest.wait < errand.number {
      hear(interest.wait, news, isNew: isNew, by: errand)
    }
  }

  /// Puts news down for a wait, and calls it where they are new to it or it is due to speak.
  private mutating func hear(_ wait: Int, _ news: News, isNew: Bool, by errand: Errand) {
    guard var subscription = waits[wait] else { return }
    defer { waits[wait] = subscription }
    if let last = subscription.news.last, last.id == news.id, !subscription.isCalled {
      subscription.news.removeLast()
    }
    subscription.news.append(news)
    guard !isNew, let called = subscription.calledAt else {
      subscription.isCalled = true
      subscription.calledAt = errand.begun
      return
    }
    let pause =
      waits.count > Self.crowd
      ? Pace.longest
      : Pace.pause(
        after: called.nanoseconds &- subscription.since.nanoseconds, every: subscription.every,
        jitter: 1)
    guard errand.begun.nanoseconds &- called.nanoseconds >= pause / 2 else { return }
    subscription.isCalled = true
    subscription.calledAt = errand.begun
  }

  private mutating func answered(_ errand: Errand, at now: Instant, _ allowance: Allowance) {
    let took = max(now.nanoseconds &- errand.begun.nanoseconds, 0)
    let toldAt = topics[errand.type]?.tick?.ended(after: took) ?? errand.begun
    let isOver = topics[errand.type]?.goOn(at: now, allowance) ?? true
    guard isOver || now.nanoseconds &- toldAt.nanoseconds > Self.patience else { return }
    topics[errand.type]?.tick?.toldAt = now
    let called = waits.filter { $0.value.isCalled && $0.value.type == errand.type }.keys.sorted()
    for wait in called { waits[wait]?.isReleased = true }
    ring(called.filter { waits[$0]?.isParked ?? false })
  }
}

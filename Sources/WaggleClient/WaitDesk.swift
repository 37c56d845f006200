package import WaggleCatalogue
package import WaggleTime
package import WaggleValues
package import WaggleWait

/// Drives waits: the strands that wait make the looks that the schedule of `WaggleWait` asks for.
///
/// A lock and a machine, no thread of its own: whichever waiting strand is awake makes the calls
/// that are due for all, up to eight at once, and wakes those that they concern; one of the others
/// keeps the time. What comes in is a request and a strand; what goes out are the fresh records, or
/// what stopped the wait. What may be waited for, by which operations and what their fields mean
/// comes from the catalogue. The desk refuses to know what a condition is: the request's judge says
/// whether it holds, on the waiting strand and outside the wait's own deadline.
///
///     let desk = WaitDesk(gateway, catalogue: .beeOS)
///     let running = try desk.wait(request, on: strand)
package final class WaitDesk: Sendable {
  /// What a strand does next.
  enum Step {
    case take([News])
    case run([Errand])
    case park(until: Instant?, for: Completion)
    case stop(WaitStop)
  }

  /// A wait as the desk knows it, beside the schedule.
  fileprivate struct Seat {
    /// What its strand parks for; a new one for each park.
    var bell = Completion()
    /// What ends it from outside: a look that was answered by what will not pass.
    var stop: WaitStop?
    /// The paths of the calls that read its subjects, where that is not their id alone.
    let paths: [String: [String]]
  }

  fileprivate struct Room {
    var schedule: Schedule
    var seats: [Int: Seat] = [:]
    var sources: [String: WaitSource] = [:]

    /// What the strands to be woken park for.
    mutating func takeBells() -> [Completion] {
      schedule.takeRung().compactMap { seats[$0]?.bell }
    }
  }

  let gateway: any Gateway
  private let catalogue: Catalogue
  private let budget: @Sendable (Instant) -> Allowance
  private let observe: (@Sendable (WaitProgress) -> Void)?
  private let room: Guarded<Room>

  /// Makes a desk that looks through a gateway within what the budget leaves and tells an observer
  /// of each wait whenever looks showed it something; the seed decides the jitter.
  package init(
    _ gateway: any Gateway, catalogue: Catalogue, seed: UInt64? = nil,
    observe: (@Sendable (WaitProgress) -> Void)? = nil,
    budget: @escaping @Sendable (Instant) -> Allowance = { _ in .usual }
  ) {
    self.gateway = gateway
    self.catalogue = catalogue
    self.budget = budget
    self.observe = observe
    room = Guarded(Room(schedule: Schedule(seed: seed)))
  }

  /// Waits, on the strand and for as long as the request says, and gives the fresh records.
  ///
  /// - Returns: The records in the given order; null for a subject that is gone and was never seen.
  /// - Throws: Why the wait did not get there, or what stopped it.
  package func wait(_ request: WaitRequest, on strand: Strand) throws(WaitStop) -> [Value] {
    guard let source = WaitSource(type: request.type, in: catalogue) else {
      throw .cannotLook(type: request.type)
    }
    let token = strand.token.child(deadline: request.timeout.map(strand.now.advanced(by:)))
    var machine = WaitMachine(request, lifecycle: source.lifecycle)
    if let end = machine.began(at: strand.now) { return try end.records }
    let number = enter(request, source, open: machine.open, at: strand.now)
    defer { leave(number) }
    var run = WaitRun(
      desk: self, number: number, token: token, strand: strand, machine: machine,
      judge: request.judge)
    tell(&run, isOver: false)
    defer { tell(&run, isOver: true) }
    return try run.end().records
  }

  // MARK: The room

  private func enter(
    _ request: WaitRequest, _ source: WaitSource, open: [String], at now: Instant
  ) -> Int {
    var paths: [String: [String]] = [:]
    if source.idFields.count > 1 {
      for subject in request.subjects { paths[subject.id] = source.path(to: subject) }
    }
    return room.withLock { room in
      room.sources[request.type] = source
      let number = room.schedule.began(
        request.type, open, canList: source.list != nil, rolls: source.rolls(for: request),
        every: request.every, kind: request.hopeless, at: now)
      room.seats[number] = Seat(paths: paths)
      return number
    }
  }

  private func leave(_ number: Int) {
    let bells = room.withLock { room in
      room.schedule.ended(number)
      room.seats[number] = nil
      return room.takeBells()
    }
    for bell in bells { bell.complete() }
  }

  /// Says what the strand of a wait does next; one that is to stop is given no calls to make.
  func step(of number: Int, isStopping: Bool, at now: Instant) -> Step {
    let allowance = budget(now)
    let (step, bells) = room.withLock { room -> (Step, [Completion]) in
      if let stop = room.seats[number]?.stop { return (.stop(stop), []) }
      let turn = room.schedule.turn(
        of: number, isStopping: isStopping, at: now, allowance: allowance)
      switch turn {
      case .take(let news): return (.take(news), [])
      case .run(let errands): return (.run(errands), room.takeBells())
      case .park(let moment):
        let bell = Completion()
        room.seats[number]?.bell = bell
        return (.park(until: moment, for: bell), [])
      }
    }
    for bell in bells { bell.complete() }
    return step
  }

  /// How an errand is run: what its type is read by, and the path of its subject.
  func way(of errand: Errand) -> (source: WaitSource, path: [String])? {
    room.withLock { room in
      guard let source = room.sources[errand.type] else { return nil }
      guard case .get(let id) = errand.what else { return (source, []) }
      for wait in room.schedule.concerned(by: errand) {
        if let path = room.seats[wait]?.paths[id] { return (source, path) }
      }
      return (source, [id])
    }
  }

  /// Takes in what came of an errand, and wakes whom it concerns.
  func answer(_ errand: Errand, _ answer: LookAnswer, at now: Instant) {
    let allowance = budget(now)
    let bells = room.withLock { room in
      room.take(answer, of: errand, at: now, allowance)
      return room.takeBells()
    }
    for bell in bells { bell.complete() }
  }

  /// For how many nanoseconds a call that looks has had no answer; nil where all have.
  func silence(of number: Int, at now: Instant) -> Int? {
    room.withLock { $0.schedule.unanswered(of: number) }.map {
      now.nanoseconds &- $0.nanoseconds
    }
  }

  /// Says that subjects need no more looks, for they got there or never will.
  func close(reached: [String], failed: [String], of number: Int) {
    room.withLock { room in
      room.schedule.closed(reached, of: number, asReached: true)
      room.schedule.closed(failed, of: number)
    }
  }

  // MARK: What is told

  func tell(_ run: inout WaitRun, isOver: Bool) {
    guard let observe else { return }
    let now = run.strand.now
    let allowance = budget(now)
    let (calls, nextLook) = room.withLock { room in
      let schedule = room.schedule
      return (
        schedule.calls(of: run.number),
        schedule.nextLook(of: run.number, at: now, allowance: allowance)
      )
    }
    observe(
      run.machine.progress(
        of: run.strand.key, at: now, calls: calls, nextLook: nextLook, allowance: allowance,
        isOver: isOver))
  }
}

extension WaitDesk.Room {
  fileprivate mutating func take(
    _ answer: LookAnswer, of errand: Errand, at now: Instant, _ allowance: Allowance
  ) {
    switch answer {
    case .page(let records, let count, let total):
      schedule.paged(
        errand, records, count: count, total: total, at: now, allowance: allowance)
    case .roll(let page):
      schedule.called(errand, page, at: now, allowance: allowance)
    case .record(let record):
      schedule.found(errand, record, at: now, allowance: allowance)
    case .missing: schedule.missed(errand, at: now, allowance: allowance)
    case .trouble(let message, let retryAfter, let blamesList):
      schedule.failed(
        errand, message, retryAfter: retryAfter, blamesList: blamesList, at: now,
        allowance: allowance)
    case .listRefused: schedule.refused(errand, at: now, allowance: allowance)
    case .cutOff: schedule.gaveUp(errand, at: now, allowance: allowance)
    case .final(let fault):
      let concerned = schedule.concerned(by: errand)
      for number in concerned { seats[number]?.stop = .call(fault) }
      schedule.failed(errand, fault.message, retryAfter: nil, at: now, allowance: allowance)
      schedule.wake(concerned)
    }
  }
}

extension WaitMachine.End {
  /// The records, or why there are none.
  fileprivate var records: [Value] {
    get throws(WaitStop) {
      switch self {
      case .reached(let records): return records
      case .failed(let fault): throw .fault(fault)
      }
    }
  }
}

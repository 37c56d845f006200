/// The state machine: what requests order and what time does.
///
/// What the contract leaves open follows the house's defaults for an imitation. Start on a running
/// instance and stop on a stopped one change nothing; a restart leaves `running` at once, so that a
/// wait after it waits; a restart of one that failed tries again; anything but a second destroy on
/// one that is to be terminated is a conflict.
extension Instance {
  /// How long things take, in milliseconds before slowness.
  private enum Pace {
    static let tick = 300..<1000
    static let provisioning = 2000..<6000
    static let kept = 60_000
  }

  // MARK: What requests order

  /// A new instance at its first moment.
  static func deployed(number: Int, facts: Facts, draws: Draws, at now: Int, _ faults: Faults)
    -> Instance
  {
    var instance = Instance(
      number: number, facts: facts, draws: draws, createdAt: now, status: .pending,
      desired: .running, connectivity: .unknown, enteredAt: now, connectivityAt: now, updatedAt: now
    )
    instance.depart(at: now, faults)
    return instance
  }

  /// Start: heads for running, from wherever it is.
  mutating func start(at now: Int, _ faults: Faults) throws(Refusal) {
    try refuseIfTerminated()
    guard desired != .running else { return }
    desired = .running
    changed(at: now)
    if status == .running { plan = [] } else { depart(at: now, faults) }
  }

  /// Stop: heads for stopped, from wherever it is.
  mutating func stop(at now: Int, _ faults: Faults) throws(Refusal) {
    try refuseIfTerminated()
    guard desired != .stopped else { return }
    desired = .stopped
    changed(at: now)
    plan = status == .stopped ? [] : [(at: now + tick(faults), change: .stop)]
  }

  /// Restart: out of running and back, or on its way from anywhere else.
  mutating func restart(at now: Int, _ faults: Faults) throws(Refusal) {
    try refuseIfTerminated()
    let isOnItsWay = desired == .running && status != .running && errorMessage == nil
    guard !isOnItsWay else { return }
    desired = .running
    if status == .running {
      halt(at: now)
      enter(.provisioning, at: now)
    } else if status != .stopped {
      enter(.provisioning, at: now)
    }
    changed(at: now)
    depart(at: now, faults)
  }

  /// Destroy: heads for terminated at once; the record stays for a minute after it got there.
  mutating func destroy(at now: Int, _ faults: Faults) throws(Refusal) {
    guard status != .terminated else { throw .terminated(id) }
    guard desired != .terminated else { return }
    desired = .terminated
    changed(at: now)
    let end = now + tick(faults)
    plan = [(at: end, change: .terminate), (at: end + Pace.kept, change: .remove)]
  }

  private func refuseIfTerminated() throws(Refusal) {
    if desired == .terminated { throw .terminated(id) }
  }

  /// Plans the way to running, or what a fault makes of it.
  private mutating func depart(at now: Int, _ faults: Faults) {
    departures += 1
    errorMessage = nil
    plan = []
    var moment = now
    if status != .provisioning {
      moment += tick(faults)
      plan.append((at: moment, change: .provision))
    }
    moment += scaled(draws.int("provisioning", departures, in: Pace.provisioning), faults)
    if draws.share("gone", departures) < faults.gone {
      plan.append((at: moment, change: .vanish))
    } else if draws.share("doomed", departures) < faults.doomed {
      plan.append((at: moment, change: .fail))
    } else if draws.share("stuck", departures) >= faults.stuck {
      plan.append((at: moment, change: .run))
    }
  }

  private func tick(_ faults: Faults) -> Int {
    scaled(draws.int("tick", updatedAt - faults.clockAhead, in: Pace.tick), faults)
  }

  private func scaled(_ milliseconds: Int, _ faults: Faults) -> Int {
    Int(Double(milliseconds) * faults.slowness)
  }

  // MARK: What time does

  /// Brings the instance up to a moment; false where nothing was due.
  @discardableResult
  mutating func settle(to now: Int) -> Bool {
    guard let first = plan.first, first.at <= now else { return false }
    while let next = plan.first, next.at <= now {
      plan.removeFirst()
      apply(next.change, at: next.at)
      changed(at: next.at)
    }
    return true
  }

  private mutating func apply(_ change: Change, at moment: Int) {
    switch change {
    case .provision:
      hasDevice = true
      enter(.provisioning, at: moment)
    case .run:
      hasDevice = true
      enter(.running, at: moment)
      startedAt = moment
      connect(.online, nil, at: moment)
    case .fail: errorMessage = "no capacity left in \(facts.region) for \(facts.framework)"
    case .vanish, .remove: isRemoved = true
    case .stop, .terminate:
      halt(at: moment)
      if status != .stopped { stoppedAt = moment }
      enter(change == .stop ? .stopped : .terminated, at: moment)
    }
  }

  private mutating func enter(_ status: Status, at moment: Int) {
    self.status = status
    enteredAt = moment
  }

  /// Ends a running: its time is counted and the link is down.
  private mutating func halt(at moment: Int) {
    if status == .running, let startedAt { ranBefore += max(moment - startedAt, 0) }
    if connectivity != .offline { connect(.offline, "instance_disconnected", at: moment) }
  }

  private mutating func connect(_ state: Connectivity, _ reason: String?, at moment: Int) {
    connectivity = state
    connectivityReason = reason
    connectivityAt = moment
  }

  private mutating func changed(at moment: Int) {
    updatedAt = max(updatedAt, moment)
    text = nil
  }
}

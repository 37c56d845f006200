/// The operation as the API shows it: sequences are decimal texts, absent members are left out.
extension RuntimeOperation {
  /// The snapshot at a moment.
  func json(at now: Int) -> [UInt8] {
    let log = log(at: now)
    var out = ObjectWriter()
    out.member("id", id)
    out.member("instanceId", instanceID)
    out.member("target", json: targetJSON)
    out.member("method", method)
    out.member("capability", capability)
    out.member("transport", "service")
    out.member("sequence", "\(log.count)")
    out.member("cursor", "\(log.count)")
    out.member("createdAt", time: createdAt)
    out.member("updatedAt", time: log.last?.at ?? createdAt)
    out.member("status", status(at: now))
    out.member("effectState", effect(at: now))
    out.member("terminal", end(at: now) != nil)
    writeProgress(log, to: &out)
    writeCancelRequest(log, to: &out)
    writeProjection(log, to: &out)
    writeEnd(at: now, to: &out)
    out.end()
    return out.bytes
  }

  private var targetJSON: [UInt8] {
    var out = ObjectWriter()
    switch target {
    case .instance: out.member("scope", "instance")
    case .agent(let agent):
      out.member("scope", "agent")
      out.member("platformAgentId", agent)
    case .conversation(let conversation, let agent):
      out.member("scope", "conversation")
      out.member("platformAgentId", agent)
      // A channel's id is `ch-` and the UUID that is asked for here.
      let isChannel = conversation.hasPrefix("ch-")
      out.member("conversationId", isChannel ? String(conversation.dropFirst(3)) : conversation)
    }
    out.end()
    return out.bytes
  }

  private func status(at now: Int) -> String {
    log(at: now).reduce("queued") { status, entry in
      switch entry.event {
      case .started, .progress: "running"
      case .committed: "runtime_committed"
      case .projectionPending: "projection_pending"
      case .projectionBlocked: "projection_blocked"
      case .projectionSynced, .cancelRequested: status
      case .ended(let end, _): end.rawValue
      }
    }
  }

  private func effect(at now: Int) -> String {
    log(at: now).reduce("queued") { effect, entry in
      switch entry.event {
      case .started: "running"
      case .committed: "committed"
      case .ended(.failed, _), .ended(.cancelled, _), .ended(.expired, _),
        .ended(.outcomeUnknown, _):
        status(at: now)
      default: effect
      }
    }
  }

  private func writeProgress(
    _ log: ArraySlice<(at: Int, event: Event)>, to out: inout ObjectWriter
  ) {
    for (place, entry) in log.enumerated().reversed() {
      guard case .progress(let current, let total) = entry.event else { continue }
      var progress = ObjectWriter()
      progress.member("sequence", "\(place + 1)")
      progress.member("phase", "working")
      progress.member("current", current)
      progress.member("total", total)
      progress.end()
      return out.member("progress", json: progress.bytes)
    }
  }

  private func writeCancelRequest(
    _ log: ArraySlice<(at: Int, event: Event)>, to out: inout ObjectWriter
  ) {
    guard let asked = log.first(where: { $0.event == .cancelRequested }) else { return }
    var request = ObjectWriter()
    request.member("requestedBy", owner.rawValue)
    request.member("requestedAt", time: asked.at)
    request.end()
    out.member("cancelRequest", json: request.bytes)
  }

  private func writeProjection(
    _ log: ArraySlice<(at: Int, event: Event)>, to out: inout ObjectWriter
  ) {
    let state = log.reduce(String?.none) { state, entry in
      switch entry.event {
      case .committed, .projectionPending: "pending"
      case .projectionSynced: "synced"
      case .projectionBlocked: "blocked"
      default: state
      }
    }
    guard let state else { return }
    var projection = ObjectWriter()
    projection.member("revision", "\(number)")
    projection.member("state", state)
    projection.end()
    out.member("projection", json: projection.bytes)
  }

  private func writeEnd(at now: Int, to out: inout ObjectWriter) {
    guard let (end, code) = end(at: now) else { return }
    if end == .succeeded { out.member("result", json: result) }
    if let code { out.member("error", json: error(code, end)) }
  }

  /// Why it failed; an end that is none leaves what was done.
  private func error(_ code: RuntimeCode, _ end: End) -> [UInt8] {
    var out = ObjectWriter()
    out.member("code", code.rawValue)
    out.member("message", code.message)
    out.member("operationId", id)
    out.member("effectState", end == .projectionBlocked ? "committed" : end.rawValue)
    out.member("retryMode", code.retryMode)
    out.end()
    return out.bytes
  }

  // MARK: Events

  /// The events after a sequence that have happened by a moment, as frames of a stream.
  func frames(after sequence: Int, at now: Int) -> [[UInt8]] {
    log(at: now).enumerated().dropFirst(max(sequence, 0)).map { place, entry in
      Array("id: \(place + 1)\ndata: ".utf8) + json(entry, sequence: place + 1)
        + Array("\n\n".utf8)
    }
  }

  private func json(_ entry: (at: Int, event: Event), sequence: Int) -> [UInt8] {
    var event = ObjectWriter()
    event.member("type", entry.event.type)
    event.member("sequence", "\(sequence)")
    event.member("recordedAt", time: entry.at)
    if let payload = payload(entry) { event.member("payload", json: payload) }
    if case .ended(let end, let code) = entry.event {
      event.member("outcome", end.rawValue)
      if end == .succeeded { event.member("result", json: result) }
      if end == .succeeded || end == .projectionBlocked { event.member("revision", "\(number)") }
      if let code { event.member("error", json: error(code, end)) }
    }
    event.end()
    var out = ObjectWriter()
    out.member("id", "\(sequence)")
    out.member("operationId", id)
    out.member("method", method)
    out.member("event", json: event.bytes)
    out.end()
    return out.bytes
  }

  private func payload(_ entry: (at: Int, event: Event)) -> [UInt8]? {
    var out = ObjectWriter()
    switch entry.event {
    case .started:
      out.member("claimedAt", time: entry.at)
      out.member("executionMode", "start")
    case .progress(let current, let total):
      out.member("phase", "working")
      out.member("current", current)
      out.member("total", total)
    case .committed:
      out.member("committedAt", time: entry.at)
      out.member("projectionRevision", "\(number)")
    case .projectionPending, .projectionSynced: out.member("revision", "\(number)")
    case .projectionBlocked(let cause):
      out.member("errorCode", RuntimeCode.projectionBlocked.rawValue)
      out.member("causeCode", cause.rawValue)
    case .cancelRequested: out.member("requestedBy", owner.rawValue)
    case .ended: return nil
    }
    out.end()
    return out.bytes
  }
}

extension RuntimeOperation.Event {
  /// What the contract calls it.
  fileprivate var type: String {
    switch self {
    case .started: "runtime_operation_started"
    case .progress: "runtime_operation_progress"
    case .committed: "runtime_effect_committed"
    case .projectionPending: "runtime_projection_pending"
    case .projectionSynced: "runtime_projection_synced"
    case .projectionBlocked: "runtime_projection_blocked"
    case .cancelRequested: "runtime_operation_cancel_requested"
    case .ended: "runtime_rpc_response"
    }
  }
}

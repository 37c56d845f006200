import WaggleValues

/// What time does in a channel.
extension Channel {
  /// Brings the channel up to a moment.
  mutating func settle(to now: Int) {
    while let index = nextTurn {
      let due = turns[index].nextDue ?? now
      if expire(before: due, now) { return }
      guard let (moment, beat) = turns[index].next(until: now) else { break }
      play(beat, of: index, at: moment)
    }
    _ = expire(before: Int.max, now)
    if turns.count > 64 { turns.removeAll { $0.isOver } }
  }

  /// The turn in which something happens first.
  private var nextTurn: Int? {
    turns.indices.filter { turns[$0].nextDue != nil }
      .min { (turns[$0].nextDue ?? 0, $0) < (turns[$1].nextDue ?? 0, $1) }
  }

  /// Ends a task whose time is up, if that comes first.
  private mutating func expire(before due: Int, _ now: Int) -> Bool {
    guard facts.isTask, task.status.isLive, let deadline = task.deadlineAt, deadline <= now,
      deadline <= due
    else { return false }
    cutAll(state: "failed", because: "timeout", at: deadline)
    finish(.timeout, at: deadline)
    return true
  }

  private mutating func play(_ beat: Turn.Beat, of index: Int, at moment: Int) {
    switch beat {
    case .run:
      enter(.running, at: moment)
      if task.startedAt == nil { task.startedAt = moment }
    case .think(let text):
      reply(index, "agent_thought_chunk", text, state: nil, nil, at: moment)
    case .say(let text): reply(index, "agent_reply", text, state: "streaming", nil, at: moment)
    case .answer(let text):
      reply(index, "agent_reply", text, state: "completed", "end_turn", at: moment)
      task.result = text
      finish(.completed, at: moment)
    case .pause(let pause): ask(index, pause, at: moment)
    case .fail(let text):
      reply(index, "agent_reply_error", text, state: "failed", "error", at: moment)
      fail(text, at: moment)
    case .refuse(let text):
      reply(index, "agent.refuse", text, state: "refused", "refused", at: moment)
      finish(.rejected, at: moment)
    case .lose:
      lose(index, at: moment)
    }
  }

  /// The agent is gone in the middle of its work.
  private mutating func lose(_ index: Int, at moment: Int) {
    cut(index, state: "failed", because: "agent_lost", at: moment)
    fail("the agent was lost", at: moment)
  }

  /// Ends everything that the agent is at work on, since its instance no longer runs.
  mutating func loseAgent(at moment: Int) {
    for index in turns.indices where turns[index].isAtWork { lose(index, at: moment) }
  }

  private mutating func ask(_ index: Int, _ pause: Script.Pause, at moment: Int) {
    let isInput = pause == .input
    let text = isInput ? "What should I do next?" : "May I use your calendar?"
    let type = isInput ? "agent.input_required" : "agent.auth_required"
    reply(index, type, text, state: nil, nil, at: moment)
    enter(isInput ? .inputRequired : .authRequired, at: moment)
  }

  private mutating func fail(_ text: String, at moment: Int) {
    task.error = text
    finish(.failed, at: moment)
  }

  // MARK: Steps

  /// Appends what the agent says in a turn.
  ///
  /// A piece of thought and a question are messages of their own; everything else is the reply as it
  /// is now.
  private mutating func reply(
    _ index: Int, _ type: String, _ text: String, state: String?, _ stop: String?, at moment: Int
  ) {
    let turn = turns[index]
    let isReply = state != nil
    if isReply {
      turns[index].said = text
      turns[index].saidAt = turn.saidAt ?? moment
    }
    let id = isReply ? turn.replyID : "msg-" + facts.draws.uuid("aside", latest)
    let payload = isReply ? nil : Value.record(text: text)
    let publisher = "agent:\(facts.agentID)"
    append(at: moment) { offset in
      ChannelRow(
        offset: offset, messageID: id, type: type, publisher: publisher,
        inReplyTo: turn.messageID, body: text, state: state, stopReason: stop, payload: payload,
        createdAt: isReply ? turn.saidAt ?? moment : moment, updatedAt: moment)
    }
  }

  /// Ends a turn before its time; its reply says so.
  mutating func cut(_ index: Int, state: String, because stop: String, at moment: Int) {
    turns[index].stop()
    reply(index, "agent_reply", turns[index].said ?? "", state: state, stop, at: moment)
  }

  /// Ends every turn that is not over.
  mutating func cutAll(state: String, because stop: String, at moment: Int) {
    for index in turns.indices where !turns[index].isOver {
      cut(index, state: state, because: stop, at: moment)
    }
  }

  /// Takes a task into a state from which it goes on.
  mutating func enter(_ status: TaskStatus, at moment: Int) {
    guard facts.isTask, task.status != status else { return }
    task.status = status
    task.transitions.append((moment, status))
  }

  /// Ends a task, and its channel with it; a conversation goes on.
  mutating func finish(_ status: TaskStatus, at moment: Int) {
    guard facts.isTask else { return }
    enter(status, at: moment)
    task.completedAt = moment
    close(because: status.rawValue, at: moment)
  }
}

extension Value {
  /// A record with one text: `{"text":…}`.
  fileprivate static func record(text: String) -> Value? {
    (try? Record([("text", .text(text))])).map { .record($0) }
  }
}

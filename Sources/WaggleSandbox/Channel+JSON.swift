import WaggleValues

/// A channel as the API shows it.
extension Channel {
  /// `active` or `closed`, whatever a filter calls it.
  var state: String { isOpen ? "active" : "closed" }

  /// The task.
  var taskJSON: [UInt8] {
    var out = ObjectWriter()
    out.member("task_id", id)
    out.member("agent_id", facts.agentID)
    out.member("caller_id", facts.owner.rawValue)
    out.member("status", task.status.rawValue)
    if task.status == .completed { out.member("result", task.result) }
    if task.status == .failed { out.member("error", task.error) }
    writeMetadata(to: &out)
    out.member("created_at", time: facts.createdAt)
    out.member("started_at", time: task.startedAt)
    out.member("completed_at", time: task.completedAt)
    out.member("deadline_at", time: task.deadlineAt)
    out.end()
    return out.bytes
  }

  /// The task as a list shows it.
  var summaryJSON: [UInt8] {
    var out = ObjectWriter()
    out.member("task_id", id)
    out.member("agent_id", facts.agentID)
    out.member("caller_id", facts.owner.rawValue)
    out.member("state", state)
    out.member("close_reason", closeReason)
    writeMetadata(to: &out)
    out.member("deadline_at", time: task.deadlineAt)
    out.end()
    return out.bytes
  }

  /// The answer to a new task.
  var createdJSON: [UInt8] {
    var out = ObjectWriter()
    out.member("task_id", id)
    out.member("agent_id", facts.agentID)
    out.member("status", task.status.rawValue)
    out.member("created_at", time: facts.createdAt)
    out.end()
    return out.bytes
  }

  /// The conversation; `model` is the agent's own, which an override hides.
  func conversationJSON(model: String) -> [UInt8] {
    var out = ObjectWriter()
    out.member("conversation_id", id)
    out.member("agent_id", facts.agentID)
    out.member("title", talk.title)
    out.member("state", state)
    writeMetadata(to: &out)
    out.member("created_at", time: facts.createdAt)
    out.member("last_activity_at", time: touchedAt)
    out.member("closed_at", time: closedAt)
    out.member("modelOverrideId", talk.model)
    out.member("effectiveModelId", talk.model ?? model)
    out.end()
    return out.bytes
  }

  private func writeMetadata(to out: inout ObjectWriter) {
    if !metadata.isEmpty { out.member("metadata", .record(metadata)) }
  }

  /// The messages behind an offset, each as it is now, at most so many.
  func messages(after since: Int, limit: Int, withDeltas: Bool) -> Outcome {
    var last: [String: Int] = [:]
    for row in log { last[row.messageID] = row.offset }
    let rows = log.filter {
      $0.offset > since && last[$0.messageID] == $0.offset && (withDeltas || !$0.isDelta)
    }
    let page = rows.prefix(limit)
    let hasMore = page.count < rows.count
    let next = hasMore ? page.last?.offset : latest
    return .wrapped("messages", page.map(\.json)) { out in
      out.member("latest_offset", latest)
      out.member("next_since", String(next ?? latest))
      out.member("has_more", hasMore)
    }
  }
}

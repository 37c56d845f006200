import WaggleValues

/// All webhooks of a world and what they are told.
struct Webhooks {
  private(set) var all: [Webhook] = []
  private(set) var deliveries: [Delivery] = []
  private let draws: Draws

  init(draws: Draws) { self.draws = draws }

  /// The position of a webhook of a task.
  func position(of id: String, in channel: Int) -> Int? {
    all.firstIndex { $0.id == id && $0.channel == channel && !$0.isDeleted }
  }

  /// The webhooks of a task.
  func of(_ channel: Int) -> [Webhook] { all.filter { $0.channel == channel && !$0.isDeleted } }

  /// Registers an address for a task, or refreshes what it has; an empty secret keeps the old one.
  mutating func register(
    _ url: String, for task: (channel: Int, id: String), token: String?, secret: String?,
    at now: Int
  ) -> Webhook {
    let known = all.firstIndex { $0.channel == task.channel && $0.url == url && !$0.isDeleted }
    let position = known ?? all.count
    if known == nil {
      all.append(
        Webhook(
          id: "wh-" + draws.uuid("webhook", all.count), channel: task.channel, taskID: task.id,
          url: url, createdAt: now))
    }
    if let token { all[position].token = token.isEmpty ? nil : token }
    if let secret, !secret.isEmpty { all[position].secret = secret }
    return all[position]
  }

  mutating func delete(_ position: Int) { all[position].isDeleted = true }

  // MARK: Deliveries

  /// Has every webhook of a task told of its end.
  mutating func tell(_ channel: Int, _ task: String, _ status: TaskStatus, at moment: Int) {
    for (position, webhook) in all.enumerated()
    where webhook.channel == channel && !webhook.isDeleted {
      var out = ObjectWriter()
      out.member("type", "task_status")
      out.member("task_id", task)
      out.member("context_id", task)
      out.member("status", status.rawValue)
      out.member("final", status.isFinal)
      out.member("timestamp", time: moment)
      out.end()
      _ = enqueue(out.bytes, for: position, at: moment)
    }
  }

  private mutating func enqueue(_ body: [UInt8], for webhook: Int, at moment: Int) -> Delivery {
    let delivery = Delivery(
      id: "del-" + draws.uuid("delivery", deliveries.count), webhook: webhook,
      taskID: all[webhook].taskID, body: body, at: moment)
    deliveries.append(delivery)
    return delivery
  }

  /// Has a delivery made once more, as one of its own.
  mutating func repeated(_ delivery: Delivery, at now: Int) -> Delivery {
    enqueue(delivery.body, for: delivery.webhook, at: now)
  }

  /// When the next letter is to go out.
  var nextDue: Int? { deliveries.filter { isToGo($0) }.map(\.nextAt).min() }

  /// How many letters are on their way or to be tried once more.
  var countLeft: Int { deliveries.count { $0.isOut || isToGo($0) } }

  /// Whether a letter is on its way or to go out by now.
  func isBusy(at now: Int) -> Bool {
    deliveries.contains { $0.isOut || isToGo($0) && $0.nextAt <= now }
  }

  /// Takes the letters that are to go out by now, oldest first, so many at most.
  mutating func take(_ count: Int, at now: Int) -> [Letter] {
    let due = deliveries.indices.filter { isToGo(deliveries[$0]) && deliveries[$0].nextAt <= now }
    return due.prefix(count).map { index in
      deliveries[index].send(at: now)
      return Letter(deliveries[index], to: all[deliveries[index].webhook], at: now)
    }
  }

  private func isToGo(_ delivery: Delivery) -> Bool {
    delivery.isWaiting && !all[delivery.webhook].isDeleted
  }

  mutating func note(_ id: String, _ response: Int?, _ error: String?, at now: Int) {
    guard let index = deliveries.firstIndex(where: { $0.id == id && $0.isOut }) else { return }
    deliveries[index].note(response, error, at: now)
  }
}

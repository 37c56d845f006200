import WaggleCatalogue
import WaggleValues

/// The work of the webhooks' operations.
extension WorldState {
  /// The most deliveries in a list where nothing is said.
  private static let usualDeliveries = 50

  /// Does the work of an operation of this group; nil for any other.
  mutating func webhookWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "registerTaskWebhook": try registerWebhook(target, at: now)
    case "listTaskWebhooks": try listWebhooks(target, at: now)
    case "deleteTaskWebhook": try deleteWebhook(target, at: now)
    case "listWebhookDeliveries": try listDeliveries(target, at: now)
    case "redeliverWebhook": try redeliver(target, at: now)
    default: nil
    }
  }

  private mutating func registerWebhook(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let channel = try find(channelOf: target, isTask: true, at: now)
    let webhook = webhooks.register(
      target.text("url") ?? "", for: (channel, target.id(1)), token: target.text("token"),
      secret: target.text("secret"), at: now)
    return .data(webhook.json)
  }

  private mutating func listWebhooks(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let channel = try find(channelOf: target, isTask: true, at: now)
    return .wrapped("webhooks", webhooks.of(channel).map(\.json))
  }

  /// The position of the webhook that the path names.
  private mutating func find(webhook target: Target, at now: Int) throws(Refusal) -> Int {
    let channel = try find(channelOf: target, isTask: true, at: now)
    guard let position = webhooks.position(of: target.id(2), in: channel) else {
      throw .notFound(target.id(2), "webhook")
    }
    return position
  }

  private mutating func deleteWebhook(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    webhooks.delete(try find(webhook: target, at: now))
    return .nothing
  }

  /// Newest first.
  private mutating func listDeliveries(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(webhook: target, at: now)
    let rows = webhooks.deliveries.reversed().lazy.filter { $0.webhook == position }
      .prefix(target.queryNumber("limit") ?? Self.usualDeliveries)
    let id = target.id(2)
    return .wrapped("deliveries", rows.map { $0.json(of: id) })
  }

  private mutating func redeliver(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(webhook: target, at: now)
    let id = target.id(3)
    let found = webhooks.deliveries.first { $0.id == id && $0.webhook == position }
    guard let delivery = found else { throw .noDelivery(id) }
    guard delivery.mayBeRepeated else { throw .notRepeatable(id, delivery.status.rawValue) }
    return .data(webhooks.repeated(delivery, at: now).json(of: target.id(2)))
  }
}

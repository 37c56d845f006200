/// One thing that a webhook is to be told, and how far that came.
///
/// It is tried at once and again after 1 and 5 minutes, half an hour, 2 and 12 hours; then it is
/// dead. Any 2xx is a success.
struct Delivery: Sendable {
  /// The states, as the API spells them.
  enum Status: String, Sendable {
    case pending, succeeded, failed
    case deadLetter = "dead_letter"
  }

  /// The id: `del-` and a UUID.
  let id: String
  /// The position of its webhook.
  let webhook: Int
  let taskID: String
  /// The body that is posted.
  let body: [UInt8]
  let createdAt: Int
  private(set) var status = Status.pending
  private(set) var attempts = 0
  private(set) var lastStatus = 0
  private(set) var lastError: String?
  private(set) var nextAt: Int
  private(set) var lastAt: Int?
  private(set) var completedAt: Int?
  /// Whether it is on its way.
  private(set) var isOut = false

  /// How long after each attempt the next one is made, in milliseconds.
  private static let pauses = [60_000, 300_000, 1_800_000, 7_200_000, 43_200_000]
  /// The most of an error that is kept, in bytes.
  private static let errorBytes = 2048

  init(id: String, webhook: Int, taskID: String, body: [UInt8], at now: Int) {
    self.id = id
    self.webhook = webhook
    self.taskID = taskID
    self.body = body
    createdAt = now
    nextAt = now
  }

  /// Whether it is still to be sent, now or later.
  var isWaiting: Bool { !isOut && (status == .pending || status == .failed) }

  /// Whether it may be sent anew, as one of its own.
  var mayBeRepeated: Bool { status == .failed || status == .deadLetter }

  mutating func send(at now: Int) {
    isOut = true
    attempts += 1
    lastAt = now
  }

  /// Takes note of an attempt's end; `response` is nil where none came.
  mutating func note(_ response: Int?, _ error: String?, at now: Int) {
    isOut = false
    lastStatus = response ?? 0
    if let response, (200..<300).contains(response) {
      status = .succeeded
      lastError = nil
      completedAt = now
      return
    }
    let text = error ?? "the address answered \(response ?? 0)"
    lastError = String(decoding: text.utf8.prefix(Self.errorBytes), as: UTF8.self)
    if attempts <= Self.pauses.count {
      status = .failed
      nextAt = now + Self.pauses[attempts - 1]
    } else {
      status = .deadLetter
      completedAt = now
    }
  }

  /// The delivery as JSON.
  func json(of webhook: String) -> [UInt8] {
    var out = ObjectWriter()
    out.member("delivery_id", id)
    out.member("webhook_id", webhook)
    out.member("task_id", taskID)
    out.member("renderer", "openapi")
    out.member("status", status.rawValue)
    out.member("attempt_num", attempts)
    out.member("last_response_status", lastStatus)
    out.member("last_error", lastError)
    out.member("next_attempt_at", time: nextAt)
    out.member("last_attempted_at", time: lastAt)
    out.member("created_at", time: createdAt)
    out.member("completed_at", time: completedAt)
    out.end()
    return out.bytes
  }
}

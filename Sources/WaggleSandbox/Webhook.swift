/// An address that is told of what becomes of a task.
struct Webhook: Sendable {
  /// The id: `wh-` and a UUID.
  let id: String
  /// The position of the task's channel.
  let channel: Int
  let taskID: String
  let url: String
  let createdAt: Int
  /// What it is sent as a bearer token; nil for none.
  var token: String?
  /// What its letters are signed with; nil for none.
  var secret: String?
  var isDeleted = false

  /// The webhook as JSON, without what only its address is to know.
  var json: [UInt8] {
    var out = ObjectWriter()
    out.member("webhook_id", id)
    out.member("task_id", taskID)
    out.member("url", url)
    out.member("has_secret", secret != nil)
    out.member("created_at", time: createdAt)
    out.end()
    return out.bytes
  }
}

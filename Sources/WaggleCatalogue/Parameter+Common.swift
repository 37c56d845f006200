import WaggleValues

/// Parameters that operations of several groups have.
extension Parameter {
  /// What the contract calls an int32.
  static let int32 = Int(Int32.min)...Int(Int32.max)

  /// The lengths of an id in a path.
  static let idLength = 1...128

  /// An instance, as the contract's groups name it: `id` here, `instanceId` there.
  static func instance(_ name: String = "id") -> Parameter {
    Parameter(
      name, .text, isRequired: true, length: idLength,
      serves: [("Instance", "id"), ("Agent", "instanceId"), ("RuntimeOperation", "instanceId")],
      help: "The instance: its id, or a record that has it")
  }

  /// An agent.
  static let agent = Parameter(
    "agentId", .text, isRequired: true, length: idLength,
    serves: [
      ("Agent", "id"), ("Task", "agent_id"), ("TaskCreated", "agent_id"),
      ("TaskSummary", "agent_id"), ("Conversation", "agent_id"),
    ],
    help: "The agent: its id, or a record that has it")

  /// A file.
  static let file = Parameter(
    "id", .text, isRequired: true, length: idLength,
    serves: [("File", "file_id"), ("Upload", "file_id"), ("Screenshot", "file_id")],
    help: "The file: its id, or a record that has it")

  /// A text whose keys and values are the caller's own.
  static let metadata = Parameter(
    "metadata", .record(nil), form: .texts, help: "Texts of your own to keep with it, by name")

  /// Files that go along with a message.
  static let attachments = Parameter(
    "attachments", .list(.record(nil)), count: 0...16,
    fields: [
      Parameter("file_id", .text, isRequired: true, length: 0...128, help: "The file's id"),
      Parameter("filename", .text, help: "What to call it"),
      Parameter("content_type", .text, help: "What kind of content it is, such as image/png"),
    ],
    help: "Files to send along, such as `files get` gives")

  /// A key in the body that makes a repeated sending the same call.
  static let idempotencyKey = Parameter(
    "idempotency_key", .text, help: "Key that makes a repeat the same call; made for you")

  /// The same in a header; never required of a script, for a call without one is given one.
  static let idempotencyHeader = Parameter(
    "Idempotency-Key", .text, length: 1...128, form: .ascii, help: idempotencyKey.help)

  /// Something that was opened before, which a new message joins.
  static let context = Parameter(
    "context_id", .text, help: "Go on where this earlier context left off")

  /// Which tasks or conversations a list holds.
  static let channelState = Parameter(
    "state", .choice(["active", "open", "closed", "all"], open: false),
    help: "Only those in this state; open ones without it")

  /// Where an opaque list goes on.
  static let cursor = Parameter("since", .text, help: "Begin where an earlier page ended")

  /// How many rows a page has.
  static func limit(max: Int) -> Parameter {
    Parameter("limit", .int, range: 1...max, help: "Rows on a page")
  }

  /// What to read of the messages of a task or conversation.
  static func messages(max: Int) -> [Parameter] {
    [
      since, limit(max: max),
      Parameter(
        "include_deltas", .bool, help: "Also the pieces in which replies and thoughts came"),
    ]
  }

  /// After which message or event to begin.
  static let since = Parameter(
    "since", .int, range: 0...Int.max, help: "Only what came after this offset")

  /// An id for what is asked for, chosen by the caller.
  static let operationHeader = Parameter(
    "X-BeeOS-Operation-Id", .text, form: .uuid,
    help: "UUID by which to find the runtime operation again")
}

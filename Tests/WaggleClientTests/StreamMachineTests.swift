import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleClient

/// Operations with the grammars of the contract's four streams.
enum StreamFixture {
  static let message = RecordType(
    "MessageEvent",
    [
      .init("type", .choice(["agent_reply", "chat_message"], open: true)),
      .init("message_id", .text, isOptional: true), .init("offset", .int, isOptional: true),
      .init("state", .text, isOptional: true), .init("body", .text, isOptional: true),
      .init("payload", .any, isOptional: true),
    ])
  static let truncated = RecordType(
    "BackfillTruncated",
    [
      .init("oldest_redis_offset", .int), .init("since", .int),
      .init("hint", .text, isOptional: true),
    ])
  static let end = RecordType("StreamEnd", [.init("reason", .text)])
  static let said = RecordType(
    "InvokeText",
    [.init("type", .choice(["reasoning", "delta"], open: false)), .init("text", .text)])
  static let done = RecordType(
    "InvokeDone",
    [
      .init("type", .choice(["done"], open: false)), .init("text", .text, isOptional: true),
      .init("context_id", .text, isOptional: true), .init("is_error", .bool, isOptional: true),
      .init("error", .text, isOptional: true), .init("code", .text, isOptional: true),
    ])
  static let runtime = RecordType(
    "RuntimeEvent", [.init("id", .text), .init("method", .text), .init("event", .record(nil))])

  static let events = Operation(
    id: "streamTaskEvents", group: "tasks", action: "events", method: "GET",
    path: "/api/v1/agents/{agentId}/tasks/{taskId}/events", summary: "follow a task",
    success: Success(200, .stream, isEnveloped: false),
    stream: StreamGrammar(
      .event,
      [
        .init("message", message), .init("backfill_truncated", truncated),
        .init("end", end, isFinal: true),
      ], resume: .since), effect: .read, replay: .safe, example: "tasks events")
  static let invoke = Operation(
    id: "invokeAgent", group: "agents", action: "invoke", method: "POST",
    path: "/api/v1/agents/{agentId}/invoke", summary: "ask an agent",
    success: Success(200, .text),
    stream: StreamGrammar(
      .member,
      [.init("reasoning", said), .init("delta", said), .init("done", done, isFinal: true)],
      resume: .never), effect: .change, replay: .safeWithKey, example: "agents invoke")
  static let operation = Operation(
    id: "streamRuntimeOperationEvents", group: "runtime", action: "events", method: "GET",
    path: "/api/v1/instances/{id}/operations/{operationId}/events", summary: "follow an operation",
    success: Success(200, .stream, isEnveloped: false),
    stream: StreamGrammar(
      .inner("event"),
      [
        .init("runtime_operation_progress", runtime),
        .init("runtime_rpc_response", runtime, isFinal: true),
      ],
      resume: .lastEventID), effect: .read, replay: .safe, example: "runtime events")

  static let call = Call(events, path: ["agent_1", "task_1"])
}

@Suite("A stream from its first event to its last")
struct StreamMachineTests {
  private let now = Instant(nanoseconds: 0)

  /// What a machine does with a text: items as JSON, then what it wants.
  private func story(_ text: String) throws -> [String] { try story(StreamFixture.call, text) }

  private func story(_ call: Call, _ text: String) throws -> [String] {
    var machine = try #require(StreamMachine(call, at: now))
    machine.received(Array(text.utf8), at: now)
    return machine.story
  }

  @Test("named events are told apart by their names, and unknown ones are passed over")
  func named() throws {
    let told = try story(
      """
      : hello
      event: message
      data: {"type":"chat_message","offset":1,"body":"hi"}

      event: replay_complete
      data: {"latest_offset":1}

      event: news
      data: not even JSON

      data: {"type":"agent_reply","offset":7,"state":"streaming","body":"A"}

      event: end
      data: {"reason":"task_terminal"}

      event: message
      data: {"type":"agent_reply","offset":8,"body":"too late"}


      """)
    #expect(
      told == [
        #"{"type":"chat_message","offset":1,"body":"hi"}"#,
        #"{"type":"agent_reply","offset":7,"state":"streaming","body":"A"}"#, "over",
      ])
  }

  @Test("unnamed events are told apart by their type; nothing follows `done`")
  func unnamed() throws {
    let told = try story(
      Call(StreamFixture.invoke, path: ["agent_1"]),
      """
      event: whatever
      data: {"type":"reasoning","text":"hm"}

      data: {"type":"delta","text":"Hel"}

      data: {"type":"weather","sun":true}

      data: {"type":"delta","text":"lo"}

      data: {"type":"done","text":"Hello","context_id":"c1"}

      data: {"type":"delta","text":"!"}


      """)
    #expect(
      told == [
        #"{"type":"reasoning","text":"hm"}"#, #"{"type":"delta","text":"Hel"}"#,
        #"{"type":"delta","text":"lo"}"#, #"{"type":"done","text":"Hello","context_id":"c1"}"#,
        "over",
      ])
  }

  @Test("events of a runtime operation are counted by their id, a decimal number of any length")
  func runtime() throws {
    func event(_ id: String, _ type: String = "runtime_operation_progress") -> String {
      #"data: {"id":"\#(id)","method":"cron/run","event":{"type":"\#(type)"}}"# + "\n\n"
    }
    let told = try story(
      Call(StreamFixture.operation, path: ["i", "o"]),
      event("9") + event("9") + event("10") + event("2") + event("18446744073709551616")
        + event("18446744073709551616") + event("18446744073709551617", "runtime_rpc_response"))
    #expect(told.count == 5)
    #expect(told.last == "over")
  }

  @Test("an item knows its type, by whatever event it came, and may be asked for any field")
  func typed() throws {
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    machine.received(
      Array(
        "event: backfill_truncated\ndata: {\"since\":3,\"oldest_redis_offset\":9}\n\n".utf8),
      at: now)
    guard case .record(let item)? = machine.takeItem() else { return #expect(Bool(false)) }
    #expect(try item.field("type").plainText == "backfill_truncated")
    #expect(try item.field("body").isNull)
    #expect(item.type?.name == "StreamEvent")
    #expect(
      machine.takeWarnings() == [
        "`tasks events agent_1 task_1` has gaps: what came behind offset 3 is kept only from 9 on"
      ])
  }

  @Test(
    "what is no stream of events is a fault",
    arguments: ["data: {\n\n", "data: 3\n\n", "event: message\ndata:\n\n"])
  func malformed(_ text: String) throws {
    #expect(try story(text) == ["failed malformed_stream"])
  }

  @Test("an event of more than 4 MiB is a fault, and a body without a line end too")
  func tooLarge() throws {
    #expect(
      try story("data: " + String(repeating: "x", count: 5 << 20)) == ["failed malformed_stream"])
  }

  @Test("the pauses before connections grow, and those that bring nothing are bounded")
  func backoff() throws {
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    var pauses: [Int] = []
    for _ in 0..<20 {
      machine.broke(.streamLost(StreamFixture.call, "x"), at: now)
      guard case .reopen(let pause) = machine.want else { break }
      pauses.append(pause / 1_000_000)
      machine.reopened(at: now)
    }
    #expect(pauses == [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    #expect(
      machine.story == ["failed lost_stream"])
  }

  @Test("what keeps it from being taken up is told once, and named at the end")
  func dead() throws {
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    let fault = CallFault(
      .unreachable, operation: "x", code: "connection_refused", message: "nothing listens")
    machine.broke(.streamLost(StreamFixture.call, "x"), at: now)
    var warnings: [String] = []
    while case .reopen = machine.want {
      machine.refused(fault, at: now)
      warnings += machine.takeWarnings()
    }
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasSuffix(" is taken up again: nothing listens") ?? false)
    guard case .failed(let end) = machine.want else {
      Issue.record("it goes on")
      return
    }
    #expect(end.code == CallFault.lostStream)
    #expect(end.message.hasSuffix("10 tries to take it up again came to nothing: nothing listens"))
  }

  @Test("a new item, or a connection that lasted, begins the pauses anew")
  func cleanRun() throws {
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    let fault = CallFault.streamLost(StreamFixture.call, "x")
    machine.broke(fault, at: now)
    machine.reopened(at: now)
    machine.received(Array("data: {\"type\":\"x\",\"offset\":4}\n\n".utf8), at: now)
    machine.broke(fault, at: now)
    #expect(machine.pause == 250)
    machine.reopened(at: now)
    machine.broke(fault, at: now.advanced(by: 1_000_000_000))
    #expect(machine.pause == 500)
    machine.reopened(at: now)
    machine.broke(fault, at: now.advanced(by: 60_000_000_000))
    #expect(machine.pause == 250)
  }

  @Test("a refusal that stays ends the stream, another is tried again when the API says")
  func refused() throws {
    func refusal(_ status: Int, after: Int? = nil) -> CallFault {
      CallFault(
        .refused, operation: "x", status: status, code: "code_\(status)", message: "no",
        retryAfter: after)
    }
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    machine.refused(refusal(503), at: now)
    #expect(machine.pause == 250)
    machine.refused(refusal(429, after: 7_000_000_000), at: now)
    #expect(machine.pause == 7_000)
    machine.refused(refusal(404), at: now)
    #expect(machine.story == ["failed code_404"])
  }

  @Test("`stream_closed` is final only where nothing is under way any more")
  func closed() throws {
    let end = Array("event: end\ndata: {\"reason\":\"stream_closed\"}\n\n".utf8)
    var machine = try #require(StreamMachine(StreamFixture.call, at: now))
    machine.received(end, at: now)
    #expect(machine.story == ["look"])
    machine.looked(isUnderWay: true, at: now)
    #expect(machine.pause == 250)
    machine.reopened(at: now)
    machine.received(end, at: now)
    machine.looked(isUnderWay: false, at: now)
    #expect(machine.story == ["over"])
    for reason in ["task_terminal", "channel_closed", "other"] {
      #expect(try story("event: end\ndata: {\"reason\":\"\(reason)\"}\n\n") == ["over"])
    }
  }

  @Test("any bytes end in items, a fault or a wish for more, the same ones however they are cut")
  func anyBytes() throws {
    let words = [
      "data:", "data: {", "}", "\n", "\n\n", "\r", "\r\n", "event: message", "event: end", "id: 3",
      #""type":"delta""#, #""offset":"#, "7", "-1", "99999999999999999999", ",", ":", "null", "[",
      #""reason":"stream_closed""#, "\u{0}", "\u{FEFF}", "é", "\"", "\\", " ",
    ]
    var state: UInt64 = 1
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<draw(40) {
        if draw(9) == 0 { bytes.append(UInt8(draw(256))) }
        bytes += words[draw(words.count)].utf8
      }
      let call = [StreamFixture.call, Call(StreamFixture.invoke), Call(StreamFixture.operation)][
        round % 3]
      var whole = try #require(StreamMachine(call, at: now))
      whole.received(bytes, at: now)
      var cut = try #require(StreamMachine(call, at: now))
      let place = draw(bytes.count + 1)
      cut.received(Array(bytes[..<place]), at: now)
      let before = cut.story.dropLast()
      while cut.takeItem() != nil {}
      if case .read = cut.want { cut.received(Array(bytes[place...]), at: now) }
      #expect(before + cut.story == whole.story)
    }
  }

  @Test("what cannot be taken up again is lost")
  func never() throws {
    var machine = try #require(StreamMachine(Call(StreamFixture.invoke, path: ["a"]), at: now))
    machine.received(Array("data: {\"type\":\"delta\",\"text\":\"H\"}\n\n".utf8), at: now)
    machine.ended(at: now)
    #expect(machine.story == [#"{"type":"delta","text":"H"}"#, "failed lost_stream"])
  }

  @Test("a stream goes on behind the last item, or from where the script asked for")
  func place() throws {
    var call = StreamFixture.call
    call.query = [("since", .int(5))]
    var machine = try #require(StreamMachine(call, at: now))
    #expect(machine.call.query.map { "\($0.name)=\($0.value.plainText)" } == ["since=5"])
    machine.received(
      Array("data: {\"type\":\"x\",\"offset\":5}\n\ndata: {\"type\":\"x\",\"offset\":11}\n\n".utf8),
      at: now)
    #expect(machine.story == [#"{"type":"x","offset":11}"#, "read"])
    #expect(machine.call.query.map { "\($0.name)=\($0.value.plainText)" } == ["since=11"])
    var runtime = try #require(
      StreamMachine(Call(StreamFixture.operation, path: ["i", "o"]), at: now))
    #expect(runtime.call.headers.isEmpty)
    runtime.received(
      Array(#"data: {"id":"12","event":{"type":"runtime_operation_progress"}}"#.utf8) + [10, 10],
      at: now)
    #expect(runtime.call.headers.map { "\($0.name): \($0.value)" } == ["Last-Event-ID: 12"])
  }
}

extension StreamMachine {
  /// The items that are there as JSON, and what it wants.
  fileprivate var story: [String] {
    var copy = self
    var lines: [String] = []
    while let item = copy.takeItem() { lines.append(item.json()) }
    switch want {
    case .read: lines.append("read")
    case .look: lines.append("look")
    case .over: lines.append("over")
    case .reopen: lines.append("reopen")
    case .failed(let fault): lines.append("failed \(fault.code)")
    }
    return lines
  }

  /// The pause that it wants, in milliseconds; nil where it wants something else.
  fileprivate var pause: Int? {
    if case .reopen(let pause) = want { pause / 1_000_000 } else { nil }
  }
}

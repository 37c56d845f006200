import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleClient

/// A server of one stream of bytes, of which each connection gets what lies behind its place.
private final class Log: Gateway {
  /// An event with the place that it has.
  struct Entry { let place: Int; let text: String }

  let entries: [Entry]
  /// How many bytes each connection gets before it breaks; those behind the last are whole.
  let cuts: [Int]
  /// How many bytes come at once.
  let pieces: Int
  private let state = Guarded<(opened: [String], closed: Int)>(([], 0))

  init(_ entries: [Entry], cuts: [Int] = [], pieces: Int = .max) {
    self.entries = entries
    self.cuts = cuts
    self.pieces = pieces
  }

  var opened: [String] { state.withLock { $0.opened } }
  var closed: Int { state.withLock { $0.closed } }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    throw CallFault(
      .refused, operation: call.operation.id, status: 404, code: "gone", message: "gone")
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    let since = call.query.first { $0.name == "since" }?.value.plainText
    let last = since ?? call.headers.first { $0.name == "Last-Event-ID" }?.value
    let number = state.withLock { state in
      state.opened.append(last ?? "-")
      return state.opened.count
    }
    let place = last.flatMap { Int($0) } ?? 0
    let bytes = entries.filter { $0.place > place }.flatMap { Array($0.text.utf8) }
    let cut = number <= cuts.count ? cuts[number - 1] : nil
    return Body(
      Array(bytes.prefix(cut ?? bytes.count)), isCut: cut != nil, pieces: pieces, of: call
    ) { [state] in state.withLock { $0.closed += 1 } }
  }

  final class Body: ReplyStream, @unchecked Sendable {
    private var rest: ArraySlice<UInt8>
    private let isCut: Bool
    private let pieces: Int
    private let call: Call
    private let onClose: @Sendable () -> Void

    init(
      _ bytes: [UInt8], isCut: Bool, pieces: Int, of call: Call,
      onClose: @escaping @Sendable () -> Void
    ) {
      rest = bytes[...]
      self.isCut = isCut
      self.pieces = pieces
      self.call = call
      self.onClose = onClose
    }

    func next(on strand: Strand) throws(CallFault) -> [UInt8]? {
      guard !rest.isEmpty else {
        if isCut { throw .streamLost(call, "it was cut") }
        return nil
      }
      defer { rest = rest.dropFirst(pieces) }
      return Array(rest.prefix(pieces))
    }

    func close() { onClose() }
  }
}

@Suite("A stream is the same whatever becomes of its connections")
struct StreamRunTests {
  private static let task: [Log.Entry] = [
    .init(
      place: 1,
      text: "event: message\ndata: {\"type\":\"chat_message\",\"offset\":1,\"body\":\"grüß 🐝\"}\n\n"
    ),
    .init(place: 1, text: ": still here\r\n\r\n"),
    .init(
      place: 4,
      text:
        "event: message\r\ndata: {\"type\":\"agent_reply\",\r\ndata: \"message_id\":\"m\",\"offset\":4,\"body\":\"A\"}\r\n\r\n"
    ),
    .init(
      place: 9,
      text:
        "event: message\rdata: {\"type\":\"agent_reply\",\"message_id\":\"m\",\"offset\":9,\"body\":\"AB\"}\r\r"
    ),
    .init(place: 9, text: "event: replay_complete\ndata: {\"latest_offset\":9}\n\n"),
    .init(
      place: 10,
      text:
        "event: message\ndata: {\"type\":\"agent_reply\",\"message_id\":\"m\",\"offset\":10,\"state\":\"completed\",\"body\":\"ABC\"}\n\n"
    ),
    .init(place: 99, text: "event: end\ndata: {\"reason\":\"task_terminal\"}\n\n"),
  ]

  private static let conversation: [Log.Entry] = [
    .init(
      place: 6,
      text:
        "event: backfill_truncated\r\ndata: {\"since\":0,\"oldest_redis_offset\":7,\"hint\":\"read the list\"}\r\n\r\n"
    ),
    .init(
      place: 7,
      text:
        "event: message\r\ndata: {\"type\":\"agent_reply\",\"offset\":7,\"body\":\"„ja“\"}\r\n\r\n"),
    .init(place: 7, text: "event: weather\ndata: sunny\n\n"),
    .init(
      place: 12,
      text:
        "event: message\ndata: {\"type\":\"agent_thought_chunk\",\"offset\":12,\"body\":\"𝄞\"}\n\n"),
    .init(place: 99, text: "event: end\ndata: {\"reason\":\"stream_closed\"}\n\n"),
  ]

  private static let operation: [Log.Entry] = [
    .init(
      place: 1,
      text: #"data: {"id":"1","event":{"type":"runtime_operation_started"}}"# + "\r\n\r\n"),
    .init(place: 1, text: "event: x\nid: 99\ndata: {\"event\":{\"type\":\"news\"}}\n\n"),
    .init(
      place: 7,
      text: #"data: {"id":"7","event":{"type":"runtime_effect_committed","note":"✓"}}"# + "\n\n"
    ),
    .init(place: 8, text: #"data: {"id":"8","event":{"type":"runtime_rpc_response"}}"# + "\n\n"),
  ]

  private static let invoke =
    "data: {\"type\":\"reasoning\",\"text\":\"hm\"}\r\n\r\n"
    + "event: done\ndata: {\"type\":\"delta\",\"text\":\"Grüße \"}\n\n: here\n\n"
    + "data: {\"type\":\"weather\"}\n\ndata: {\"type\":\"delta\",\rdata: \"text\":\"🐝\"}\r\r"
    + "data: {\"type\":\"done\",\"text\":\"Grüße 🐝\",\"context_id\":\"c\"}\n\n"

  /// The items of a call as JSON, and behind them how it ended.
  private func walk(_ call: Call, _ log: Log) -> [String] {
    VirtualStrands(seed: 1, start: Instant(nanoseconds: 0)).main(token: Token()) { strand in
      let warnings = Guarded<[String]>([])
      var lines: [String] = []
      do throws(CallFault) {
        let run = try StreamRun(
          opening: call, through: log, again: log, catalogue: .beeOS,
          warn: { warning in warnings.withLock { $0.append(warning) } },
          on: strand)
        while let item = try run.next(on: strand) { lines.append(item.json()) }
        lines += warnings.withLock { $0 } + ["end"]
      } catch {
        lines.append(error.code)
      }
      return lines
    }
  }

  /// A call of an operation of the contract.
  private func call(_ id: String) throws -> Call {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    return Call(operation, path: operation.pathParameters.map(\.name))
  }

  /// The streams that can be taken up again, what each says, and how many lines that comes to: its
  /// items, a warning of each gap, the end.
  private static let streams: [(id: String, entries: [Log.Entry], lines: Int)] = [
    ("streamTaskEvents", task, 5), ("streamConversationEvents", conversation, 5),
    ("streamRuntimeOperationEvents", operation, 4),
  ]

  @Test(
    "a cut at any byte changes nothing, however the bytes come",
    arguments: streams.indices, [1, 7, .max])
  func cutOnce(_ which: Int, _ pieces: Int) throws {
    let (id, entries, lines) = Self.streams[which]
    let call = try call(id)
    let whole = walk(call, Log(entries))
    #expect(whole.count == lines)
    #expect(whole.last == "end")
    let length = entries.reduce(0) { $0 + $1.text.utf8.count }
    for cut in 0..<length {
      let log = Log(entries, cuts: [cut], pieces: pieces)
      #expect(walk(call, log) == whole)
      #expect(log.opened.count == log.closed)
    }
  }

  @Test("cuts at any two bytes, the second one in what is sent again, change nothing")
  func cutTwice() throws {
    for (id, entries, _) in Self.streams {
      let call = try call(id)
      let whole = walk(call, Log(entries))
      let length = entries.reduce(0) { $0 + $1.text.utf8.count }
      for first in stride(from: 0, to: length, by: 5) {
        for second in stride(from: 0, to: length, by: 7) {
          #expect(walk(call, Log(entries, cuts: [first, second])) == whole)
        }
      }
    }
  }

  @Test(
    "an answer that is cut at any byte is never taken for a whole one, however the bytes come",
    arguments: [1, 7, .max])
  func cutAnswer(_ pieces: Int) throws {
    let call = try call("invokeAgent")
    let entries = [Log.Entry(place: 1, text: Self.invoke)]
    let whole = walk(call, Log(entries, pieces: pieces))
    #expect(whole.count == 5)
    #expect(whole.dropFirst(3).first?.contains("Grüße 🐝") == true)
    for cut in 0..<Self.invoke.utf8.count {
      let log = Log(entries, cuts: [cut], pieces: pieces)
      let told = walk(call, log)
      #expect(told.last == "lost_stream")
      #expect(told.dropLast() == whole.prefix(told.count - 1))
      #expect(told.count < whole.count)
      #expect(log.opened == ["-"])
      #expect(log.closed == 1)
    }
  }

  @Test("a larger gap is told of too, the same one once")
  func gaps() throws {
    func gap(_ oldest: Int, _ place: Int) -> Log.Entry {
      .init(
        place: place,
        text: "event: backfill_truncated\ndata: {\"since\":0,\"oldest_redis_offset\":\(oldest)}\n\n"
      )
    }
    let log = Log([gap(7, 1), gap(7, 1), gap(9, 1)])
    let told = walk(try call("streamTaskEvents"), log)
    #expect(told.count { $0.contains("oldest_redis_offset") } == 2)
  }

  @Test("each connection begins behind the last item")
  func places() {
    let lengths = Self.task.map(\.text.utf8.count)
    let log = Log(Self.task, cuts: [lengths[0], lengths[1...3].reduce(0, +), 0])
    _ = walk(StreamFixture.call, log)
    #expect(log.opened == ["-", "1", "9", "9"])
  }

  @Test("an answer that breaks off leaves its outcome unknown, and says where to look")
  func never() throws {
    let call = try call("invokeAgent")
    let fault = VirtualStrands(seed: 1, start: Instant(nanoseconds: 0)).main(token: Token()) {
      strand -> CallFault? in
      let log = Log([.init(place: 1, text: "data: {\"type\":\"delta\",\"text\":\"H\"}\n\n")])
      do throws(CallFault) {
        let run = try StreamRun(
          opening: call, through: log, again: log, catalogue: .beeOS, warn: { _ in }, on: strand)
        while try run.next(on: strand) != nil {}
        return nil
      } catch {
        return error
      }
    }
    #expect(fault?.isOutcomeUnknown == true)
    #expect(fault?.look == "tasks of-agent agentId")
  }

  @Test("closing it in the middle lets go of its connection, and nothing comes any more")
  func closed() throws {
    let log = Log(Self.task)
    let call = try call("streamTaskEvents")
    try VirtualStrands(seed: 1, start: Instant(nanoseconds: 0)).main(token: Token()) {
      strand throws(CallFault) in
      let run = try StreamRun(
        opening: call, through: log, again: log, catalogue: .beeOS, warn: { _ in }, on: strand)
      #expect(try run.next(on: strand) != nil)
      run.close()
      #expect(log.closed == 1)
      while try run.next(on: strand) != nil {}
      #expect(log.opened == ["-"])
    }
  }

  @Test("connections that bring nothing are given up after some time")
  func fruitless() {
    let log = Log(Self.task, cuts: Array(repeating: 0, count: 99))
    #expect(walk(StreamFixture.call, log) == ["lost_stream"])
    #expect(log.opened.count == 11)
  }
}

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

  private static let operation: [Log.Entry] = [
    .init(
      place: 1, text: #"data: {"id":"1","event":{"type":"runtime_operation_progress"}}"# + "\n\n"),
    .init(
      place: 2, text: #"data: {"id":"2","event":{"type":"runtime_operation_progress"}}"# + "\n\n"),
    .init(place: 3, text: #"data: {"id":"3","event":{"type":"runtime_rpc_response"}}"# + "\n\n"),
  ]

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

  private static let calls: [(Call, [Log.Entry], Int)] = [
    (StreamFixture.call, task, 4), (Call(StreamFixture.operation, path: ["i", "o"]), operation, 3),
  ]

  @Test(
    "a cut at any byte changes nothing, however the bytes come", arguments: [0, 1], [1, 7, .max])
  func cutOnce(_ which: Int, _ pieces: Int) {
    let (call, entries, count) = Self.calls[which]
    let whole = walk(call, Log(entries))
    #expect(whole.count == count + 1)
    #expect(whole.last == "end")
    let length = entries.reduce(0) { $0 + $1.text.utf8.count }
    for cut in 0..<length {
      let log = Log(entries, cuts: [cut], pieces: pieces)
      #expect(walk(call, log) == whole)
      #expect(log.opened.count == log.closed)
    }
  }

  @Test("cuts at any two bytes, the second one in what is sent again, change nothing")
  func cutTwice() {
    for (call, entries, _) in Self.calls {
      let whole = walk(call, Log(entries))
      let length = entries.reduce(0) { $0 + $1.text.utf8.count }
      for first in stride(from: 0, to: length, by: 5) {
        for second in stride(from: 0, to: length, by: 7) {
          #expect(walk(call, Log(entries, cuts: [first, second])) == whole)
        }
      }
    }
  }

  @Test("each connection begins behind the last item")
  func places() {
    let lengths = Self.task.map(\.text.utf8.count)
    let log = Log(Self.task, cuts: [lengths[0], lengths[1...3].reduce(0, +), 0])
    _ = walk(StreamFixture.call, log)
    #expect(log.opened == ["-", "1", "9", "9"])
  }

  @Test("an answer that breaks off cannot be had again, and a change's outcome is unknown")
  func never() {
    let log = Log(
      [.init(place: 1, text: "data: {\"type\":\"delta\",\"text\":\"H\"}\n\n")], cuts: [40])
    #expect(
      walk(Call(StreamFixture.invoke, path: ["a"]), log)
        == [#"{"type":"delta","text":"H"}"#, "lost_stream"])
    #expect(log.opened == ["-"])
    #expect(log.closed == 1)
  }

  @Test("connections that bring nothing are given up after some time")
  func fruitless() {
    let log = Log(Self.task, cuts: Array(repeating: 0, count: 99))
    #expect(walk(StreamFixture.call, log) == ["lost_stream"])
    #expect(log.opened.count == 11)
  }
}

import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

@testable import WaggleHTTP

/// A stream of the contract as a server has it, with the place of each event.
struct EventLog: Sendable {
  let operation: String
  let events: [(place: Int, text: String)]

  /// What lies behind a place.
  func bytes(behind place: Int) -> [UInt8] {
    events.filter { $0.place > place }.flatMap { Array($0.text.utf8) }
  }

  /// The place that a request wants to go on behind.
  static func place(in request: String) -> Int {
    for mark in ["since=", "last-event-id: "] {
      let parts = request.lowercased().split(separator: mark, maxSplits: 1)
      if parts.count == 2 { return Int(parts[1].prefix { $0.isNumber }) ?? 0 }
    }
    return 0
  }

  static let task = EventLog(
    operation: "streamTaskEvents",
    events: [
      (1, "data: {\"type\":\"chat_message\",\"offset\":1,\"body\":\"ü\"}\r\n\r\n"),
      (1, ": on\n\nevent: news\ndata: x\n\n"),
      (
        5,
        "event: message\ndata: {\"type\":\"agent_reply\",\ndata: \"offset\":5,\"body\":\"🐝\"}\n\n"
      ),
      (9, "event: end\ndata: {\"reason\":\"task_terminal\"}\r\r"),
    ])

  static let conversation = EventLog(
    operation: "streamConversationEvents",
    events: [
      (6, "event: backfill_truncated\r\ndata: {\"since\":0,\"oldest_redis_offset\":7}\r\n\r\n"),
      (7, "data: {\"type\":\"agent_reply\",\"offset\":7,\"body\":\"é\"}\n\n"),
      (9, "event: end\ndata: {\"reason\":\"channel_closed\"}\n\n"),
    ])

  static let runtime = EventLog(
    operation: "streamRuntimeOperationEvents",
    events: [
      (1, "data: {\"id\":\"1\",\"event\":{\"type\":\"runtime_operation_started\"}}\r\n\r\n"),
      (4, "data: {\"id\":\"4\",\"event\":{\"type\":\"runtime_operation_progress\"}}\n\n"),
      (
        9, "data: {\"id\":\"9\",\"event\":{\"type\":\"runtime_rpc_response\",\"result\":\"ö\"}}\n\n"
      ),
    ])

  static let invoke = EventLog(
    operation: "invokeAgent",
    events: [
      (1, "data: {\"type\":\"delta\",\"text\":\"é\"}\r\n\r\ndata: {\"type\":\"x\"}\n\n"),
      (1, "data: {\"type\":\"done\",\"text\":\"é!\",\"context_id\":\"c\"}\n\n"),
    ])

  /// A call of the operation, whose path says which walk it is.
  func call(_ walk: Int) throws -> Call {
    let operation = try #require(Catalogue.beeOS.operation(id: operation))
    let ids = operation.pathParameters.indices.map { $0 == 0 ? "walk-\(walk)-" : "x" }
    let body = operation.body.isEmpty ? nil : try Record([("message", .text("hi"))])
    return Call(operation, path: ids, body: body)
  }

  /// The items of a walk as JSON, what its warnings say, and behind them how it ended.
  ///
  /// It opens the stream as a run does: what is lost before it begins is asked for again.
  func walk(_ call: Call, through gateway: some Gateway, on strand: Strand) -> [String] {
    let warnings = Guarded<[String]>([])
    var lines: [String] = []
    do throws(CallFault) {
      let run = try StreamRun(
        opening: call, through: RetryingGateway(gateway), again: gateway, catalogue: .beeOS,
        warn: { warning in warnings.withLock { $0.append(String(warning.drop { $0 != ":" })) } },
        on: strand)
      while let item = try run.next(on: strand) { lines.append(item.json()) }
      return lines + warnings.withLock { $0 } + ["end"]
    } catch {
      return lines + [error.code]
    }
  }

  /// Which walk a request belongs to.
  static func walk(in request: String) -> Int? {
    request.split(separator: "walk-").dropFirst().first.flatMap {
      Int($0.prefix { $0.isNumber })
    }
  }

  /// What walks tell, the first one whole, the others each behind a cut, so many bytes apart.
  func stories(through caller: Caller, apart: Int = 1) throws -> [[String]] {
    let length = bytes(behind: 0).count
    let calls = try stride(from: length, through: 0, by: -apart).map { try call($0) }
    let stories = Guarded([[String]](repeating: [], count: calls.count))
    caller.strands.main(token: Token()) { strand in
      strand.parallel(
        rounds: calls.count, width: 32, token: strand.token, name: { "\($0)" }
      ) { round, strand in
        let story = walk(calls[round], through: caller.gateway, on: strand)
        stories.withLock { $0[round] = story }
        return true
      }
    }
    return stories.withLock { $0 }
  }
}

@Suite("A stream whose connection is cut")
struct StreamResumeTests {
  /// Serves a log: the first connection of walk n gets n bytes, and breaks in one of three ways.
  private static func server(of log: EventLog) -> LoopbackServer {
    let cut = Guarded<Set<Int>>([])
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream\r\n"
    return LoopbackServer { peer in
      guard peer.readRequest() else { return }
      let request = peer.lastRequest
      let number = EventLog.walk(in: request)
      let bytes = log.bytes(behind: EventLog.place(in: request))
      guard let number, cut.withLock({ $0.insert(number).inserted }) else {
        peer.send(head + "\r\n")
        return peer.send(bytes)
      }
      let part = bytes.prefix(number)
      switch number % 3 {
      case 0:
        peer.send(head + "Content-Length: \(bytes.count + 1)\r\n\r\n")
        peer.send(part)
      case 1:
        peer.send(head + "\r\n")
        peer.send(part)
      default:
        peer.send(head + "Transfer-Encoding: chunked\r\n\r\n")
        for byte in part { peer.send("1\r\n".utf8 + [byte] + "\r\n".utf8) }
        peer.send("0\r\n\r\n")
      }
    }
  }

  @Test(
    "is the same over HTTP for a cut at every byte",
    arguments: [EventLog.task, .conversation, .runtime])
  func resumed(_ log: EventLog) throws {
    let server = Self.server(of: log)
    let stories = try log.stories(through: Caller(port: server.port))
    let whole = try #require(stories.first)
    #expect(whole.count > 2)
    #expect(whole.last == "end")
    for story in stories { #expect(story == whole) }
    #expect(server.connections >= stories.count)
  }

  @Test("is lost over HTTP where it is the answer to an invoke, and never taken for whole")
  func lost() throws {
    let server = Self.server(of: .invoke)
    let stories = try EventLog.invoke.stories(through: Caller(port: server.port))
    let whole = try #require(stories.first)
    #expect(whole.count == 3)
    #expect(whole.last == "end")
    for story in stories.dropFirst() {
      #expect(story.last == "lost_stream")
      #expect(story.dropLast() == whole.prefix(story.count - 1))
      #expect(story.count < whole.count)
    }
    #expect(server.connections == stories.count)
  }
}

import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct ChannelStreamTests {
  /// The offsets of the messages among some events.
  private func offsets(_ events: [String]) -> [Int] {
    events.filter { $0.hasPrefix("message ") }.compactMap { event in
      var reader = JSONReader()
      guard let json = try? reader.read(String(event.dropFirst(8))) else { return nil }
      return json["offset"].flatMap { Int($0.plainText) }
    }
  }

  @Test("a task's stream gives each entry as it comes, with rising offsets, and ends with it")
  func task() throws {
    var visitor = Visitor()
    let path = try visitor.task("[say abcdefgh]") + "/events"
    let events = try visitor.events("GET", path)
    #expect(events.last == #"end {"reason":"task_terminal"}"#)
    let offsets = offsets(events)
    #expect(offsets.first == 1)
    #expect(offsets.count == 6)
    #expect(zip(offsets, offsets.dropFirst()).allSatisfy(<))
    #expect(events.filter { $0.contains(#""state":"streaming""#) }.count == 3)
    let replay = try visitor.events("GET", path)
    #expect(replay == events)
    for (place, since) in offsets.enumerated() {
      let rest = try visitor.events("GET", path, query: "since=\(since)")
      #expect(rest == Array(events.dropFirst(place + 1)))
    }
  }

  @Test("offsets leave gaps now and then")
  func gaps() throws {
    var visitor = Visitor()
    var gaps = 0
    for _ in 0..<20 {
      let offsets = offsets(try visitor.events("GET", visitor.task("x") + "/events"))
      gaps += zip(offsets, offsets.dropFirst()).count { $0 + 1 != $1 }
    }
    #expect((10...50).contains(gaps))
  }

  @Test("a conversation's stream goes on from turn to turn and ends when it is closed")
  func conversation() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    for message in ["one", "two"] {
      _ = visitor.raw("POST", path + "/messages", body: #"{"message":"\#(message)"}"#)
      visitor.pass(milliseconds: 5_000)
    }
    _ = visitor.raw("DELETE", path)
    let events = try visitor.events("GET", path + "/events")
    #expect(events.last == #"end {"reason":"channel_closed"}"#)
    #expect(events.filter { $0.contains("end_turn") }.count == 2)
  }

  @Test("what lies further back than a stream keeps is said to be left out")
  func truncated() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    for _ in 0..<120 {
      _ = visitor.raw("POST", path + "/messages", body: #"{"message":"[slow 1ms] x"}"#)
      visitor.pass(milliseconds: 10)
    }
    _ = visitor.raw("DELETE", path)
    let events = try visitor.events("GET", path + "/events")
    let oldest = try #require(offsets(events).first)
    #expect(oldest > 1)
    #expect(
      events.first?.hasPrefix(#"backfill_truncated {"since":0,"oldest_redis_offset":\#(oldest),"#)
        == true)
    #expect(offsets(events).count == ChannelFeed.kept)
    let kept = try visitor.events("GET", path + "/events", query: "since=\(oldest)")
    #expect(kept.first?.hasPrefix("message ") == true)
  }

  @Test("a stream that is cut can be taken up again until its end")
  func cut() throws {
    var visitor = Visitor(faults: [.cutStream(1)])
    let path = try visitor.task("[say abcdefgh]") + "/events"
    var seen: [Int] = []
    var ended = false
    for _ in 0..<20 where !ended {
      let events = try visitor.events("GET", path, query: "since=\(seen.last ?? 0)")
      seen += offsets(events)
      ended = events.contains { $0.hasPrefix("end ") && $0.hasSuffix("}") }
      #expect(ended || events.last == "cut")
    }
    #expect(ended)
    var calm = Visitor()
    #expect(offsets(try calm.events("GET", calm.task("[say abcdefgh]") + "/events")) == seen)
  }

  @Test("who asks for no stream gets what there is by then")
  func whole() throws {
    var visitor = Visitor()
    let path = try visitor.task("x") + "/events"
    visitor.pass(milliseconds: 5_000)
    let answer = try #require(visitor.raw("GET", path))
    #expect(answer.header("content-type") == "text/event-stream")
    #expect(String(decoding: answer.body, as: UTF8.self).hasSuffix("task_terminal\"}\n\n"))
  }
}

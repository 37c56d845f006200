import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct WorldFaultTests {
  @Test(
    "a fault is read with or without its value",
    arguments: [
      ("slow", .slow(factor: 10)), ("slow=2.5", .slow(factor: 2.5)), ("flaky", .flaky(0.1)),
      ("flaky=0", .flaky(0)), ("flaky=1", .flaky(1)), ("doomed", .doomed(0.2)),
      ("stuck=.5", .stuck(0.5)), ("gone", .gone(0.05)), ("lost-reply=0.3", .lostReply(0.3)),
      ("cut-stream", .cutStream(0.5)), ("cut-stream=1", .cutStream(1)), ("forbidden", .forbidden),
      ("error=conflict", .error(code: "conflict", 0.1)),
      ("error=internal_error:0.5", .error(code: "internal_error", 0.5)),
      ("down", .down(from: 20, until: 80)), ("down=0:.5", .down(from: 0, until: 0.5)),
      ("clock", .clock(ahead: 7_200_000)), ("clock=-1m30s", .clock(ahead: -90_000)),
      ("rate-limit", .rateLimit(count: 60, seconds: 60)),
      ("rate-limit=5/s", .rateLimit(count: 5, seconds: 1)),
      ("rate-limit=100/h", .rateLimit(count: 100, seconds: 3600)),
      ("rate-limit=1/d", .rateLimit(count: 1, seconds: 86_400)),
    ] as [(String, FaultSpec)])
  func parsing(text: String, fault: FaultSpec) throws {
    #expect(try FaultSpec(parsing: text) == fault)
  }

  private static let downs =
    "the value of the fault `down` must be two times in seconds since the start, such as 20:80, "
    + "but is "
  private static let clocks =
    "the value of the fault `clock` must be how far it is ahead, such as 2h, or behind, such as "
    + "-90s, at most 365d, but is "
  private static let names = FaultSpec.names.joined(separator: ", ")

  @Test(
    "what is no fault is told what would be",
    arguments: [
      ("flakey", "a fault must be one of \(names), but is `flakey`"),
      ("", "a fault must be one of \(names), but is ``"),
      ("Slow", "a fault must be one of \(names), but is `Slow`"),
      ("flaky=2", "the value of the fault `flaky` must be a number from 0 to 1, but is `2`"),
      ("flaky=-0.1", "the value of the fault `flaky` must be a number from 0 to 1, but is `-0.1`"),
      ("flaky=", "the value of the fault `flaky` must be a number from 0 to 1, but is ``"),
      ("gone=nan", "the value of the fault `gone` must be a number from 0 to 1, but is `nan`"),
      ("slow=0.5", "the value of the fault `slow` must be a number from 1 to 1000, but is `0.5`"),
      ("down=80:20", downs + "`80:20`"), ("down=20", downs + "`20`"),
      ("down=1:2:3", downs + "`1:2:3`"), ("down=-1:2", downs + "`-1:2`"),
      ("clock=2", clocks + "`2`"), ("clock=366d", clocks + "`366d`"),
      ("clock=999999d", clocks + "`999999d`"),
      (
        "rate-limit=60",
        "the value of the fault `rate-limit` must be calls in a time, such as 60/min, 5/s or 1000/h, "
          + "but is `60`"
      ),
      (
        "rate-limit=0/min",
        "the value of the fault `rate-limit` must be calls in a time, such as 60/min, 5/s or 1000/h, "
          + "but is `0/min`"
      ),
    ])
  func noFaults(text: String, message: String) throws {
    let error = try #require(throws: FaultSpecError.self) { try FaultSpec(parsing: text) }
    #expect(error.message == message)
  }

  @Test("slow makes answers and transitions take so many times as long")
  func slow() throws {
    var visitor = Visitor(faults: [.slow(factor: 10)])
    let request = WireRequest(method: "GET", path: "/api/v1/instances")
    #expect(visitor.world.handle(request, at: visitor.now).latency == 800_000_000)
    _ = try visitor.deploy()
    #expect((3_000..<10_000).contains(try visitor.step()))
    #expect((20_000..<60_000).contains(try visitor.step()))
  }

  @Test("a read takes 80 ms and a change 150 ms")
  func latency() {
    let visitor = Visitor()
    func latency(_ method: String) -> Int {
      visitor.world.handle(WireRequest(method: method, path: "/x"), at: visitor.now).latency
    }
    #expect(latency("GET") == 80_000_000)
    #expect(latency("POST") == 150_000_000)
    #expect(latency("DELETE") == 150_000_000)
  }

  /// What became of a request: its status, `lost`, or `cut`.
  private func fate(_ response: WireResponse?) -> String {
    guard let response else { return "lost" }
    let isWhole = response.header("content-length") == String(response.body.count)
    return isWhole ? "\(response.status)" : "cut"
  }

  @Test("flaky answers a share by 503, by nothing or by a part")
  func flaky() throws {
    let visitor = Visitor(faults: [.flaky(0.4)])
    var fates: [String: Int] = [:]
    for _ in 0..<2_000 { fates[fate(visitor.raw("GET", "/api/v1/instances")), default: 0] += 1 }
    #expect(Set(fates.keys) == ["200", "503", "lost", "cut"])
    #expect((1100...1300).contains(fates["200"] ?? 0))
    #expect((330...470).contains(fates["503"] ?? 0))
    #expect((150...250).contains(fates["lost"] ?? 0))
    #expect((150...250).contains(fates["cut"] ?? 0))
  }

  @Test("what flaky makes of a request does not depend on the others")
  func flakyOrder() throws {
    let paths = (1...24).map { "/api/v1/instances/instance_\($0)" }
    func fates(_ paths: [String]) -> [String: [String]] {
      let visitor = Visitor(faults: [.flaky(0.3)])
      var fates: [String: [String]] = [:]
      for _ in 0..<5 {
        for path in paths {
          fates[path, default: []].append(fate(visitor.raw("GET", path)))
        }
      }
      return fates
    }
    #expect(fates(paths) == fates(paths.reversed()))
  }

  @Test(
    "of flaky changes only those that were answered in part happened",
    arguments: 0..<40 as Range<UInt64>)
  func flakyChanges(seed: UInt64) {
    let visitor = Visitor(seed: seed, faults: [.flaky(1)])
    let answer = visitor.raw("POST", "/api/v1/instances/instance_1/restart")
    #expect(["503", "lost", "cut"].contains(fate(answer)))
    #expect((visitor.world.nextDue != nil) == (fate(answer) == "cut"))
  }

  @Test("a rate limit counts each operation by itself and says when to come back")
  func rateLimit() throws {
    var visitor = Visitor(faults: [.rateLimit(count: 3, seconds: 60)])
    let path = "/api/v1/instances"
    for _ in 0..<3 { #expect(try visitor.verdict("GET", path) == "200") }
    visitor.pass(milliseconds: 10_500)
    #expect(try visitor.verdict("GET", path + "/instance_1") == "200")
    let asDate = try #require(visitor.raw("GET", path))
    #expect(asDate.status == 429)
    #expect(asDate.header("retry-after") == "Thu, 14 May 2026 18:01:00 GMT")
    let asSeconds = try #require(visitor.raw("GET", path))
    #expect(asSeconds.header("retry-after") == "50")
    visitor.pass(milliseconds: 49_499)
    #expect(try visitor.verdict("GET", path) == "429 rate_limit_error rate_limited")
    visitor.pass(milliseconds: 1)
    #expect(try visitor.verdict("GET", path) == "200")
  }

  @Test("a doomed instance says why and stays where it is, until a restart tries again")
  func doomed() throws {
    var visitor = Visitor(faults: [.doomed(1)])
    let id = try visitor.deploy()
    _ = try visitor.step()
    let entered = try visitor.look(id, "statusEnteredAt")
    _ = try visitor.step()
    #expect(
      try visitor.look(id, "status", "desiredStatus", "errorMessage")
        == "provisioning running no capacity left in us-east-1 for openclaw")
    #expect(try visitor.look(id, "statusEnteredAt") == entered)
    #expect(visitor.world.nextDue == nil)
    #expect(try visitor.verdict("POST", "/api/v1/instances/\(id)/start") == "200")
    #expect(visitor.world.nextDue == nil)
    #expect(try visitor.verdict("POST", "/api/v1/instances/\(id)/restart") == "200")
    #expect(try visitor.look(id, "status", "errorMessage") == "provisioning -")
    #expect(visitor.world.nextDue != nil)
  }

  @Test("a stuck instance never gets there and says nothing")
  func stuck() throws {
    var visitor = Visitor(faults: [.stuck(1)])
    let id = try visitor.deploy()
    _ = try visitor.step()
    visitor.pass(milliseconds: 86_400_000)
    #expect(try visitor.look(id, "status", "errorMessage") == "provisioning -")
    #expect(visitor.world.nextDue == nil)
  }

  @Test("a gone instance is no longer there when it should run")
  func gone() throws {
    var visitor = Visitor(faults: [.gone(1)])
    let id = try visitor.deploy()
    _ = try visitor.step()
    #expect(try visitor.look(id, "status") == "provisioning")
    _ = try visitor.step()
    #expect(try visitor.look(id, "status") == "404")
    #expect(try visitor.ids("pageSize=200").count == 24)
  }

  @Test("a lost reply is a change that happened; reads and refusals are answered")
  func lostReply() throws {
    let visitor = Visitor(faults: [.lostReply(1)])
    let body = #"{"name":"a","variantId":"scout-large"}"#
    #expect(fate(visitor.raw("POST", "/api/v1/instances", body: body)) == "lost")
    #expect(try visitor.look("instance_25", "name") == "a")
    #expect(try visitor.verdict("POST", "/api/v1/instances", body: "{}").hasPrefix("400"))
  }

  @Test("while nobody is there a proxy answers, what streams breaks off, and nothing is done")
  func down() throws {
    var visitor = Visitor(faults: [.down(from: 20, until: 80)])
    let task = try visitor.task("[hang]")
    func stop() -> WireResponse? { visitor.raw("POST", "/api/v1/instances/instance_2/stop") }
    visitor.pass(milliseconds: 19_900)
    #expect(try visitor.verdict("GET", "/api/v1/instances") == "200")
    let events = try visitor.events("GET", task + "/events")
    #expect(events.last == "cut")
    #expect((20_000...20_500).contains(passed(visitor)))
    let answer = try #require(stop())
    #expect(answer.status == 502 && answer.header("content-type") == "text/html")
    #expect(answer.header("x-request-id") == nil)
    visitor.now = Visitor.start
    visitor.pass(milliseconds: 79_999)
    #expect(visitor.raw("GET", "/api/v1/instances")?.status == 502)
    visitor.pass(milliseconds: 1)
    #expect(try visitor.look("instance_2", "status", "desiredStatus") == "running running")
  }

  /// The milliseconds since a visitor's world began.
  private func passed(_ visitor: Visitor) -> Int {
    (visitor.now.nanoseconds - Visitor.start.nanoseconds) / 1_000_000
  }

  @Test("a call that waits for an answer loses its connection when the gateway goes down")
  func downWhileWaiting() throws {
    let visitor = Visitor(faults: [.down(from: 2, until: 80)])
    let agent = try visitor.agent()
    let answer = visitor.raw(
      "POST", "/api/v1/agents/\(agent)/invoke", body: #"{"message":"[slow] hello"}"#)
    #expect(answer == nil)
  }

  @Test("a clock that is off shifts every time that is told, and nothing else", arguments: [2, -2])
  func clock(hours: Int) throws {
    var right = Visitor()
    var wrong = Visitor(faults: [.clock(ahead: hours * 3_600_000)])
    #expect(try right.deploy() == wrong.deploy())
    #expect(try right.look("instance_25", "createdAt") == "2026-05-14T18:00:00Z")
    #expect(
      try wrong.look("instance_25", "createdAt")
        == (hours > 0 ? "2026-05-14T20:00:00Z" : "2026-05-14T16:00:00Z"))
    for _ in 0..<2 { #expect(try right.step() == wrong.step()) }
    for id in (1...25).map({ "instance_\($0)" }) {
      let fields = ["statusEnteredAt", "startedAt", "stoppedAt", "updatedAt", "createdAt"]
      for field in fields {
        let (a, b) = (try right.look(id, field), try wrong.look(id, field))
        let shift = hours * 3_600_000_000_000
        #expect(Self.nanoseconds(a).map { $0 + shift } == Self.nanoseconds(b), "\(id) \(field)")
      }
      let others = ["status", "totalRunSeconds", "connectivity", "name"]
      for field in others { #expect(try right.look(id, field) == wrong.look(id, field)) }
    }
  }

  private static func nanoseconds(_ text: String) -> Int? {
    try? Timestamp(parsing: text).nanoseconds
  }

  @Test("a share of the fleet meets a fault, the same part each time")
  func shares() throws {
    func unlucky() throws -> [String] {
      var visitor = Visitor(instances: 400, faults: [.doomed(0.25)])
      let stopped = try visitor.ids("status=stopped&pageSize=200")
      for id in stopped { _ = visitor.raw("POST", "/api/v1/instances/\(id)/start") }
      visitor.pass(milliseconds: 60_000)
      return try stopped.filter { try visitor.look($0, "errorMessage") != "-" }
    }
    let once = try unlucky()
    #expect((25...55).contains(once.count))
    #expect(try unlucky() == once)
  }
}

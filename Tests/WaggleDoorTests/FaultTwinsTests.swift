import Testing
import WaggleCatalogue
import WaggleSandbox
import WaggleTime

@Suite("Whatever goes wrong in a sandbox goes wrong over HTTP as it does in process")
struct FaultTwinsTests {
  /// Each fault, and what one answer says of it that no answer says without it; `` for a lost one.
  static let faults: [(fault: String, sign: String)] = [
    ("slow=3", #""status":"provisioning""#), ("flaky=0.5", ""), ("rate-limit=2/min", "429 "),
    ("doomed=1", "no capacity left"), ("stuck=1", "504 "), ("gone=1", "404 "),
    ("late=3600", "404 "),
    ("lost-reply=1", ""),
    ("cut-stream=1", "event: message"), ("error=internal_error:0.5", "500 "), ("forbidden", "403 "),
    ("down=4:20", "502 "), ("clock=2h", "T17:0"),
  ]

  @Test("a story of every group", arguments: [""] + faults.map(\.fault))
  func story(fault: String) throws {
    let specs = try fault.isEmpty ? [] : [FaultSpec(parsing: fault)]
    var answers: [String] = []
    try Twins.open(faults: specs) { answers = try tell($0) }
    guard let sign = Self.faults.first(where: { $0.fault == fault })?.sign else {
      #expect(answers.allSatisfy { !$0.isEmpty })
      return
    }
    let isSign = { (answer: String) in sign.isEmpty ? answer.isEmpty : answer.contains(sign) }
    #expect(zip(answers, Self.usual).contains { isSign($0) && $0 != $1 }, "\(answers)")
  }

  @Test("no fault that has a name is left out")
  func complete() {
    let names = Self.faults.map { String($0.fault.prefix { $0 != "=" }) }
    #expect(Set(names) == Set(FaultSpec.names))
  }

  /// What the story comes to in a world in which nothing is wrong.
  private static let usual: [String] = {
    var answers: [String] = []
    try? Twins.open { answers = try FaultTwinsTests().tell($0) }
    return answers
  }()

  /// An instance that can be reached, its agent, and the first task that it is given.
  private struct Cast {
    let bee: String
    let agent: String
    let task: String

    init() throws {
      let world = World(seed: 7, instances: 24, start: Twins.start)
      func ask(_ method: String, _ path: String, _ query: String, _ body: String = "") -> String {
        let request = WireRequest(
          method: method, path: "/api/v1" + path, query: query,
          headers: [("authorization", "Bearer \(world.key)")], body: Array(body.utf8))
        let response = world.handle(request, at: Twins.start).response
        return String(decoding: response?.body ?? [], as: UTF8.self)
      }
      let bees = ask("GET", "/instances", "pageSize=200&status=running").split(separator: "},{")
      let online = try #require(
        bees.first { $0.contains(#""connectivity":"online""#) && $0.contains("linux") })
      bee = Self.text("id", in: online)
      agent = Self.text("id", in: ask("GET", "/agents", "instance_id=\(bee)"))
      task = Self.text(
        "task_id", in: ask("POST", "/agents/\(agent)/tasks", "", FaultTwinsTests.order))
    }

    private static func text(_ name: String, in json: some StringProtocol) -> String {
      let rest = json.split(separator: "\"\(name)\":\"", maxSplits: 1).last ?? ""
      return String(rest.prefix { $0 != "\"" })
    }
  }

  private static let order =
    #"{"message":"[slow 1s] [say done]","deadline_ms":5000,"idempotency_key":"k"}"#

  /// Everything that is asked, in its order; gives the answers.
  ///
  /// No answer of it is waited for: time stands still but for what the story lets pass.
  private func tell(_ twins: Twins) throws -> [String] {
    let cast = try Cast()
    let (bee, agent) = ("/instances/\(cast.bee)", "/agents/\(cast.agent)")
    let task = "\(agent)/tasks/\(cast.task)"
    var answers: [String] = []
    func ask(_ method: String, _ path: String, query: String = "", body: String = "") throws {
      answers.append(try twins.ask(method, path, query: query, body: body))
    }
    for page in 0..<5 { try ask("GET", "/instances", query: "page=\(page)&pageSize=2") }
    try ask("GET", "/instances/instance_9001")
    try ask("POST", "/instances/instance_9001/stop")
    try ask("POST", "\(bee)/computer/click", body: #"{"x":7,"y":7}"#)
    try ask("POST", "\(bee)/computer/click", body: #"{"x":70000,"y":7}"#)
    try ask("POST", "\(bee)/computer/screenshot")
    for _ in 0..<2 { try ask("POST", "\(agent)/tasks", body: Self.order) }
    try ask("POST", "\(agent)/tasks", body: #"{"message":"another","idempotency_key":"k"}"#)
    try ask(
      "POST", "\(bee)/methods", body: #"{"jsonrpc":"2.0","id":1,"method":"cron/list","params":{}}"#)
    try ask("POST", "/instances", body: #"{"name":"x","variantId":"scout-standard"}"#)
    try ask("POST", "\(bee)/restart")
    twins.pass(seconds: 6)
    try ask("GET", bee)
    twins.pass(seconds: 30)
    for path in [bee, "/instances/instance_25", task, "\(task)/messages", "\(task)/events"] {
      try ask("GET", path)
    }
    return answers
  }
}

import Testing
import WaggleCatalogue
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

@Suite("Letters over HTTP")
struct CourierTests {
  private static let start = Instant(nanoseconds: 1_778_781_600_000_000_000)
  private static let secret = "a secret of some length"

  /// Sends a call to a world, as JSON.
  private func ask(
    _ world: World, _ method: String, _ path: String, _ body: String = "", at now: Instant
  ) throws -> Value {
    let request = WireRequest(
      method: method, path: path, headers: [("authorization", "Bearer \(world.key)")],
      body: Array(body.utf8))
    let answer = try #require(world.handle(request, at: now).response)
    var reader = JSONReader()
    return try reader.read(answer.body)
  }

  /// Creates a task with a webhook at an address; gives the paths of both.
  private func webhook(_ world: World, _ url: String, at now: Instant) throws -> String {
    let agents = try ask(world, "GET", "/api/v1/agents?status=active".path, at: now)
    let agent = try #require(agents.first("data", "id"))
    let tasks = "/api/v1/agents/\(agent)/tasks"
    let task = try ask(world, "POST", tasks, #"{"message":"hello"}"#, at: now)
    let path = "\(tasks)/\(try #require(task.text("data", "task_id")))/webhooks"
    let made = try ask(
      world, "POST", path, #"{"url":"\#(url)","token":"tok","secret":"\#(Self.secret)"}"#, at: now)
    return "\(path)/\(try #require(made.text("data", "webhook_id")))/deliveries"
  }

  /// Runs a body on a strand of the virtual clock.
  private func virtually(_ body: (Strand) throws -> Void) throws {
    let strands = VirtualStrands(seed: 1, start: Self.start)
    try strands.main(token: Token()) { strand in Result { try body(strand) } }.get()
  }

  @Test("a letter is posted with its token and a signature that holds, under the virtual clock too")
  func signature() throws {
    let mailbox = Mailbox(answering: [204])
    try virtually { strand in
      let world = World(seed: 1, start: strand.now)
      let rows = try webhook(world, mailbox.url, at: strand.now)
      strand.sleep(nanoseconds: 5_000_000_000)
      let before = strand.now
      world.deliver(by: HTTPCourier(reach: .thisMachine), on: strand)
      #expect(strand.now == before)
      let row = try ask(world, "GET", rows, at: strand.now)
      #expect(row.first("data", "deliveries", "status") == "succeeded")
      #expect(row.first("data", "deliveries", "last_response_status") == "204")
    }
    let letter = try #require(mailbox.posted.first)
    #expect(mailbox.posted.count == 1)
    #expect(letter.hasPrefix("POST /hook HTTP/1.1\r\n"))
    let parts = letter.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
    let head = parts[0].split(separator: "\r\n").map { $0.lowercased() }
    #expect(head.contains("authorization: bearer tok"))
    #expect(head.contains("x-beeos-event: task.state"))
    #expect(head.contains("x-beeos-webhook-format: openapi"))
    let field = try #require(head.first { $0.hasPrefix("x-beeos-signature: t=") })
    let time = field.dropFirst(21).prefix { $0 != "," }
    let signature = SHA256.authenticate(
      Array("\(time).\(parts[1])".utf8), key: Array(Self.secret.utf8))
    let digits = signature.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(field == "x-beeos-signature: t=\(time),v1=\(digits)")
    #expect(parts[1].contains(#""status":"completed","final":true"#))
  }

  @Test("what is not taken is tried again after its pauses, and a redirect is not followed")
  func retries() throws {
    let mailbox = Mailbox(answering: [500, 302, 200])
    try virtually { strand in
      let world = World(seed: 1, start: strand.now)
      let courier = HTTPCourier(reach: .thisMachine)
      let rows = try webhook(world, mailbox.url, at: strand.now)
      var seen: [String] = []
      for pause in [5, 60, 300, 1800] {
        strand.sleep(nanoseconds: pause * 1_000_000_000)
        world.deliver(by: courier, on: strand)
        let row = try ask(world, "GET", rows, at: strand.now)
        let fields = ["status", "attempt_num", "last_response_status"]
        seen.append(fields.map { row.first("data", "deliveries", $0) ?? "" }.joined(separator: " "))
      }
      #expect(
        seen == ["failed 1 500", "failed 2 302", "succeeded 3 200", "succeeded 3 200"])
    }
    #expect(mailbox.posted.count == 3)
  }

  @Test("a world in a process tells nobody elsewhere, and says so")
  func elsewhere() throws {
    try virtually { strand in
      let world = World(seed: 1, start: strand.now)
      let rows = try webhook(world, "https://hooks.example/done", at: strand.now)
      strand.sleep(nanoseconds: 5_000_000_000)
      world.deliver(by: HTTPCourier(reach: .thisMachine), on: strand)
      let row = try ask(world, "GET", rows, at: strand.now)
      #expect(row.first("data", "deliveries", "status") == "failed")
      #expect(
        row.first("data", "deliveries", "last_error")
          == "not sent: a sandbox in a process posts to this machine alone")
    }
  }

  @Test("in a process under the virtual clock each letter goes at its moment, also without a call")
  func inOrder() throws {
    let mailbox = Mailbox(answering: [500, 200])
    try virtually { strand in
      let world = World(seed: 1, start: strand.now)
      let gateway = SandboxGateway(world, courier: HTTPCourier(reach: .thisMachine))
      let rows = try webhook(world, mailbox.url, at: strand.now)
      gateway.deliver(on: strand)
      #expect(mailbox.posted.isEmpty)
      strand.sleep(nanoseconds: 600_000_000_000)
      gateway.deliver(on: strand)
      #expect(mailbox.posted.count == 2)
      let row = try ask(world, "GET", rows, at: strand.now)
      #expect(row.first("data", "deliveries", "status") == "succeeded")
      let times = mailbox.posted.compactMap { letter in
        letter.split(separator: ": t=").dropFirst().first.flatMap { Int($0.prefix { $0 != "," }) }
      }
      let start = Self.start.nanoseconds / 1_000_000_000
      #expect(times.map { $0 - start < 65 } == [true, true])
      #expect(times.last.map { $0 - start > 60 } == true)
      #expect(gateway.finishLetters(on: strand) == 0)
    }
  }

  @Test("what is due at the end of a run is delivered, and what was not taken is counted")
  func atTheEnd() throws {
    let mailbox = Mailbox(answering: [200, 500])
    try virtually { strand in
      let world = World(seed: 1, start: strand.now)
      let gateway = SandboxGateway(world, courier: HTTPCourier(reach: .thisMachine))
      _ = try webhook(world, mailbox.url, at: strand.now)
      strand.sleep(nanoseconds: 5_000_000_000)
      #expect(gateway.finishLetters(on: strand) == 0)
      _ = try webhook(world, mailbox.url, at: strand.now)
      strand.sleep(nanoseconds: 5_000_000_000)
      #expect(gateway.finishLetters(on: strand) == 1)
    }
    #expect(mailbox.posted.count == 2)
  }

  @Test("in a process with a clock on the wall letters go as they come due, without another call")
  func unasked() throws {
    let mailbox = Mailbox(answering: [200])
    let strands = WallStrands(seed: 1)
    let world = World(seed: 7, start: strands.now)
    let gateway = SandboxGateway(world, courier: HTTPCourier(reach: .thisMachine))
    try strands.main(token: Token()) { strand in
      Result {
        _ = try webhook(world, mailbox.url, at: strand.now)
        gateway.deliver(on: strand)
        let deadline = strand.now.advanced(by: 60_000_000_000)
        while mailbox.posted.isEmpty, strand.now < deadline {
          strand.sleep(nanoseconds: 50_000_000)
        }
        #expect(gateway.finishLetters(on: strand) == 0)
      }
    }.get()
    #expect(mailbox.posted.count == 1)
  }

  @Test("a door has letters taken out by itself")
  func door() throws {
    let mailbox = Mailbox(answering: [200])
    let strands = WallStrands(seed: 1)
    let world = World(seed: 7, start: strands.now)
    try strands.main(token: Token()) { strand in
      Result {
        let door = try Door.open(world, port: 0, courier: HTTPCourier(reach: .anywhere), on: strand)
        defer { door.close(on: strand) }
        _ = try webhook(world, mailbox.url, at: strand.now)
        let deadline = strand.now.advanced(by: 30_000_000_000)
        while mailbox.posted.isEmpty, strand.now < deadline {
          strand.sleep(nanoseconds: 50_000_000)
        }
      }
    }.get()
    #expect(mailbox.posted.count == 1)
  }
}

extension String {
  /// The path before a query.
  fileprivate var path: String { String(prefix { $0 != "?" }) }
}

extension Value {
  /// A text behind some fields.
  fileprivate func text(_ fields: String...) -> String? {
    fields.reduce(Optional(self)) { value, field in
      if case .record(let record)? = value { record[field] } else { nil }
    }?.plainText
  }

  /// A text of the first record of a list behind some fields.
  fileprivate func first(_ fields: String...) -> String? {
    let list = fields.dropLast().reduce(Optional(self)) { value, field in
      if case .record(let record)? = value { record[field] } else { nil }
    }
    guard case .list(let rows)? = list,
      case .record(let row)? = rows.elements.first(where: { row in
        guard case .record(let record) = row else { return false }
        return record["status"]?.plainText != "inactive"
      })
    else { return nil }
    return fields.last.flatMap { row[$0]?.plainText }
  }
}

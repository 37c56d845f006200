import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues
import WaggleWait

/// A gateway in front of a fleet whose states are a function of the time; writes every call down.
final class FleetGateway: Gateway {
  /// What a call is answered by, in place of the fleet; the number counts the calls from 1.
  typealias Fault = @Sendable (_ call: Int, Call) -> CallFault?

  private let fleet: [String]
  private let status: @Sendable (_ id: String, _ ms: Int) -> String?
  private let fault: Fault
  private let log = Guarded<[String]>([])
  private let givesTotal: Bool
  private let total: Int?
  private let ignoresPage: Bool
  private let listedAt: @Sendable (_ ms: Int) -> Int

  /// Stands before a fleet; `total` is told in place of the true one, `listedAt` is the moment
  /// that a page shows.
  init(
    _ fleet: [String], givesTotal: Bool = true, total: Int? = nil, ignoresPage: Bool = false,
    status: @escaping @Sendable (_ id: String, _ ms: Int) -> String? = { _, _ in "running" },
    fault: @escaping Fault = { _, _ in nil },
    listedAt: @escaping @Sendable (_ ms: Int) -> Int = { $0 }
  ) {
    self.fleet = fleet
    self.status = status
    self.fault = fault
    self.givesTotal = givesTotal
    self.total = total
    self.ignoresPage = ignoresPage
    self.listedAt = listedAt
  }

  /// The calls in the order in which they were sent: `0 getInstance a`.
  var calls: [String] { log.withLock { $0 } }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let query = call.query.map { "\($0.name)=\(describe($0.value))" }
    let words = ["\(ms(strand))", call.operation.id] + call.path + query
    let number = log.withLock { log in
      log.append(words.joined(separator: " "))
      return log.count
    }
    let wake = strand.sleep(nanoseconds: 80_000_000)
    if case .cancelled(let reason) = wake {
      throw CallFault(
        .cancelled(reason), operation: call.operation.id, code: "cancelled", message: "cancelled")
    }
    if let fault = fault(number, call) { throw fault }
    return try answer(call, at: ms(strand))
  }

  /// No call of these tests gives a stream.
  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    throw .refused(404, call, "route_not_found")
  }

  private func answer(_ call: Call, at ms: Int) throws(CallFault) -> Reply {
    guard let id = call.path.first else { return page(of: call, at: ms) }
    guard fleet.contains(id), let record = record(id, at: ms) else {
      throw .refused(404, call, "agent_not_found")
    }
    return Reply(status: 200, data: .record(record))
  }

  private func page(of call: Call, at ms: Int) -> Reply {
    let records = fleet.compactMap { record($0, at: listedAt(ms)) }
    let size = number("pageSize", call) ?? 20
    let page = ignoresPage ? 0 : number("page", call) ?? 0
    let begin = min(page * size, records.count)
    let rows = records[begin..<min(begin + size, records.count)]
    let list = (try? List(rows.map(Value.record))) ?? List()
    return Reply(status: 200, data: .list(list), total: givesTotal ? total ?? records.count : nil)
  }

  private func record(_ id: String, at ms: Int) -> Record? {
    guard let status = status(id, ms) else { return nil }
    return try? Record([
      ("id", .text(id)), ("name", .text("bee \(id)")), ("status", .text(status)),
      ("desiredStatus", .text("running")), ("at", .int(ms)),
    ])
  }

  private func number(_ name: String, _ call: Call) -> Int? {
    for case (name, .int(let number)) in call.query { return number }
    return nil
  }

  private func describe(_ value: Value) -> String {
    if case .int(let number) = value { return "\(number)" }
    return "?"
  }

  private func ms(_ strand: Strand) -> Int { strand.now.nanoseconds / 1_000_000 }
}

extension CallFault {
  static func refused(
    _ status: Int, _ call: Call, _ code: String, retryAfter: Int? = nil
  ) -> CallFault {
    CallFault(
      .refused, operation: call.operation.id, status: status, code: code, message: code,
      retryAfter: retryAfter)
  }
}

/// The operations that the tests call.
enum Fleet {
  static let get = operation("getInstance")
  static let list = operation("listInstances")
  static let start = operation("startInstance")
  static let destroy = operation("destroyInstance")

  private static func operation(_ id: String) -> WaggleCatalogue.Operation {
    guard let operation = Catalogue.beeOS.operation(id: id) else { preconditionFailure(id) }
    return operation
  }
}

/// Runs a body as the main strand of a virtual clock that starts at 0.
func virtually<R>(token: Token = Token(), _ body: (Strand) -> R) -> R {
  VirtualStrands(seed: 1, start: Instant(nanoseconds: 0)).main(token: token, body)
}

extension Value {
  /// The id of a record, for short expectations.
  var id: String? {
    if case .record(let record) = self, case .text(let id)? = record["id"] { return id }
    return nil
  }
}

import WaggleCatalogue
import WaggleTime
import WaggleValues
import WaggleWait

/// One wait under way: the looks that its machine asks for, made on the waiting strand.
struct WaitRun {
  let gateway: any Gateway
  let source: WaitSource?
  /// Ends at the wait's own deadline; looks and pauses run under it, the judge does not.
  let token: Token
  let strand: Strand
  var machine: WaitMachine
  private(set) var calls = 0
  /// The paths of the calls that read the subjects, by their own ids.
  private let paths: [String: [String]]

  init(
    gateway: any Gateway, source: WaitSource?, subjects: [Subject], token: Token, strand: Strand,
    machine: WaitMachine
  ) {
    self.gateway = gateway
    self.source = source
    self.token = token
    self.strand = strand
    self.machine = machine
    paths = Dictionary(
      subjects.map { ($0.id, source?.path(to: $0) ?? [$0.id]) }, uniquingKeysWith: { $1 })
  }

  /// What a look came to, apart from a record.
  private enum Trouble {
    /// The wait's own time was up while the look was under way.
    case timeUp
    /// It no longer exists.
    case missing
    /// It may pass.
    case passing
    /// It ends the wait.
    case final(WaitStop)
  }

  /// Reads a page of the list and hands its records to the machine.
  mutating func readPage(_ page: Int) throws(WaitStop) -> WaitMachine.Action {
    guard let list = source?.list else { return machine.looked(at: strand.now) }
    calls += 1
    do throws(CallFault) {
      let (rows, total) = try strand.under(token) { () throws(CallFault) in
        try Pager(gateway).page(page, size: WaitMachine.pageSize, of: Call(list), on: strand)
      }
      return machine.paged(records(of: rows), total: total, at: strand.now)
    } catch {
      switch trouble(error) {
      case .final(let stop): throw stop
      case .timeUp: return machine.looked(at: strand.now)
      case .missing, .passing:
        return machine.pageFailed(error.message, retryAfter: error.retryAfter, at: strand.now)
      }
    }
  }

  /// Looks at each id by a get, several at once, until one meets trouble that concerns all.
  mutating func read(_ ids: [String]) throws(WaitStop) -> WaitMachine.Action {
    for (id, result) in zip(ids, looks(at: ids)) {
      guard let result else { continue }
      calls += 1
      switch result {
      case .success(let record): machine.found(id, record, at: strand.now)
      case .failure(let fault): try take(fault, of: id)
      }
    }
    return machine.looked(at: strand.now)
  }

  /// Asks the judge of each look.
  mutating func ask(
    _ judge: (Look) throws -> Verdict, of looks: [Look]
  ) throws(WaitStop) {
    for look in looks {
      do {
        machine.judged(look.id, try judge(look))
      } catch {
        throw .judge(error)
      }
    }
  }

  /// Pauses until the next round, or to the end of the wait.
  mutating func park(until moment: Instant) throws(WaitStop) -> WaitMachine.Action {
    let wake = strand.under(token) { strand.park(until: moment) }
    switch wake {
    case .completed, .time: return machine.woke(at: strand.now)
    case .cancelled(.deadline(token.id)): return .failed(machine.timedOut())
    case .cancelled(let reason): throw .cancelled(reason)
    case .deadlock: throw .deadlock
    }
  }

  private mutating func take(_ fault: CallFault, of id: String) throws(WaitStop) {
    switch trouble(fault) {
    case .final(let stop): throw stop
    case .timeUp: return
    case .missing: machine.missed(id, at: strand.now)
    case .passing:
      machine.lookFailed(id, fault.message, retryAfter: fault.retryAfter, at: strand.now)
    }
  }

  /// The records of a page by their ids; what has none is no record of the API.
  private func records(of page: List) -> [(id: String, record: Record)] {
    page.elements.compactMap { element in
      guard case .record(let record) = element, let field = source?.idField,
        case .text(let id)? = record[field]
      else { return nil }
      return (id, record)
    }
  }

  private func trouble(_ fault: CallFault) -> Trouble {
    switch fault.cause {
    case .cancelled(.deadline(token.id)): .timeUp
    case .cancelled(let reason): .final(.cancelled(reason))
    case .refused where fault.status == 404: .missing
    case .lost, .malformed: .passing
    case .unreachable where !fault.isForGood: .passing
    case .refused where fault.mayPass: .passing
    case .refused, .unreachable, .heldBack: .final(.call(fault))
    }
  }

  private typealias Result = Swift.Result<Record, CallFault>

  /// The answers in the order of the ids; nil for those that were not asked for trouble before.
  private func looks(at ids: [String]) -> [Result?] {
    guard let get = source?.get else { return [] }
    if let id = ids.first, ids.count == 1 {
      return [strand.under(token) { look(at: id, by: get, on: strand) }]
    }
    let results = Guarded([Result?](repeating: nil, count: ids.count))
    strand.parallel(
      rounds: ids.count, width: WaitDesk.width, token: token, name: { "\(strand.key)/look[\($0)]" }
    ) { round, strand in
      let result = look(at: ids[round], by: get, on: strand)
      results.withLock { $0[round] = result }
      guard case .failure(let fault) = result else { return true }
      return fault.status == 404
    }
    return results.withLock { $0 }
  }

  private func look(at id: String, by get: Operation, on strand: Strand) -> Result {
    do throws(CallFault) {
      let reply = try gateway.send(Call(get, path: paths[id] ?? [id]), on: strand)
      guard case .record(let record) = reply.data else {
        return .failure(
          CallFault(
            .malformed, operation: get.id, status: reply.status, code: "malformed_answer",
            message: "the answer is no record", requestID: reply.requestID))
      }
      return .success(record)
    } catch {
      return .failure(error)
    }
  }
}

extension CallFault {
  /// Whether the API refused for a reason that may pass: too many calls, trouble of its own.
  fileprivate var mayPass: Bool {
    guard let status else { return false }
    return status >= 500 || status == 429 || status == 408
  }

  /// Whether nothing can be reached until somebody sets something up.
  fileprivate var isForGood: Bool {
    ["no_credential", "certificate_invalid", "certificates_unreadable"].contains(code)
  }
}

import WaggleCatalogue
import WaggleTime
import WaggleValues
import WaggleWait

/// What came of a call that looks.
enum LookAnswer {
  /// A page: the records that have an id, how many there were in all, and the list's length.
  case page([(id: String, record: Record)], count: Int, total: Int?)
  /// The record of a get.
  case record(Record)
  /// It does not exist.
  case missing
  /// What may pass, and the nanoseconds for which the API asks to be left alone.
  case trouble(String, retryAfter: Int?)
  /// The list may not be read, or is none.
  case listRefused
  /// The strand was stopped before the answer came.
  case cutOff
  /// What will not pass.
  case final(CallFault)

  /// Makes the call of an errand on a strand.
  init(to errand: Errand, from desk: WaitDesk, on strand: Strand) {
    guard let (source, path) = desk.way(of: errand) else {
      self = .cutOff
      return
    }
    do throws(CallFault) {
      switch errand.what {
      case .page(let page): self = try .page(page, of: source, by: desk.gateway, on: strand)
      case .get: self = try .get(path, of: source, by: desk.gateway, on: strand)
      }
    } catch {
      if case .page = errand.what, error.isOfList { self = .listRefused } else { self.init(error) }
    }
  }

  private static func page(
    _ page: Int, of source: WaitSource, by gateway: any Gateway, on strand: Strand
  ) throws(CallFault) -> LookAnswer {
    guard let list = source.list else { return .listRefused }
    let (rows, total) = try Pager(gateway).page(
      page, size: Schedule.pageSize, of: .look(list), on: strand)
    // What has no id is no record of the API.
    let records = rows.elements.compactMap { element -> (id: String, record: Record)? in
      guard case .record(let record) = element, case .text(let id)? = record[source.idField]
      else { return nil }
      return (id, record)
    }
    return .page(records, count: rows.count, total: total)
  }

  private static func get(
    _ path: [String], of source: WaitSource, by gateway: any Gateway, on strand: Strand
  ) throws(CallFault) -> LookAnswer {
    let reply = try gateway.send(.look(source.get, path: path), on: strand)
    guard case .record(let record) = reply.data else {
      return .trouble("the answer is no record", retryAfter: nil)
    }
    return .record(record)
  }

  private init(_ fault: CallFault) {
    switch fault.cause {
    case .cancelled: self = .cutOff
    case .refused where fault.status == 404: self = .missing
    default:
      self =
        fault.isForGood
        ? .final(fault) : .trouble(fault.message, retryAfter: fault.retryAfter)
    }
  }
}

extension Call {
  fileprivate static func look(_ operation: Operation, path: [String] = []) -> Call {
    var call = Call(operation, path: path)
    call.isLook = true
    return call
  }
}

extension CallFault {
  /// Whether another look would be answered likewise, as the table of failures says of reads.
  ///
  /// A host that has been down is tried again from time to time, and what is no answer of this API
  /// comes from somebody on the way.
  fileprivate var isForGood: Bool {
    FailureTable.entry(for: self).read == .no
      && !["circuit_open", "malformed_answer"].contains(code)
  }

  /// Whether it says something of a list that need not hold for single records.
  fileprivate var isOfList: Bool {
    if code == "oversized_answer" { return true }
    guard case .refused = cause, let status else { return false }
    return isForGood && status != 401
  }
}

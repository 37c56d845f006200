import WaggleCatalogue
import WaggleTime
import WaggleValues
import WaggleWait

/// What came of a call that looks.
enum LookAnswer {
  /// A page: the records that have an id, how many there were in all, and the list's length.
  case page([(id: String, record: Record)], count: Int, total: Int?)
  /// A page of a roll.
  case roll(RollPage)
  /// The record of a get.
  case record(Record)
  /// It does not exist.
  case missing
  /// What may pass, and the nanoseconds for which the API asks to be left alone.
  ///
  /// A list is blamed where the API answered it badly or not at all, though it may be reached.
  case trouble(String, retryAfter: Int?, blamesList: Bool = false)
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
      case .roll(let name, let page):
        self = try .roll(
          name, page: page, after: errand.place, of: source, by: desk.gateway, on: strand)
      }
    } catch {
      if case .get = errand.what {
        self.init(error)
      } else {
        self = error.isOfList ? .listRefused : LookAnswer(error)
      }
    }
  }

  private static func page(
    _ page: Int, of source: WaitSource, by gateway: any Gateway, on strand: Strand
  ) throws(CallFault) -> LookAnswer {
    guard let list = source.list else { return .listRefused }
    let (rows, total) = try Pager(gateway).page(
      page, size: Schedule.pageSize, of: .look(list), on: strand)
    return .page(source.records(rows), count: rows.count, total: total)
  }

  private static func roll(
    _ name: String, page: Int, after place: String?, of source: WaitSource,
    by gateway: any Gateway, on strand: Strand
  ) throws(CallFault) -> LookAnswer {
    guard let (list, entry) = source.roll else { return .listRefused }
    var call = Call.look(list)
    call.query = [(entry.parameter, .text(name))]
    guard entry.row != nil else {
      let size = Schedule.pageSize
      let (rows, total) = try Pager(gateway).page(page, size: size, of: call, on: strand)
      let hasMore = total.map { (page + 1) * size < $0 } ?? (rows.count >= size)
      return .roll(
        RollPage(
          source.records(rows), length: total.map { ($0 + size - 1) / size },
          hasMore: hasMore && rows.count > 0))
    }
    let (rows, next) = try Pager(gateway).part(after: place, of: call, on: strand)
    let listed = source.records(rows).filter { entry.lists($0.record) }
    let hasMore = next != nil && next != place && rows.count > 0
    return .roll(RollPage(listed, hasMore: hasMore, place: next))
  }

  private static func get(
    _ path: [String], of source: WaitSource, by gateway: any Gateway, on strand: Strand
  ) throws(CallFault) -> LookAnswer {
    let reply = try gateway.send(.look(source.get, path: path), on: strand)
    guard case .record(let record) = reply.data, case .text(let id)? = record[source.idField] else {
      return .trouble("the answer is no record with an id", retryAfter: nil)
    }
    guard id == path.last else {
      return .trouble("the answer is about `\(id)` instead", retryAfter: nil)
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
        ? .final(fault)
        : .trouble(fault.message, retryAfter: fault.retryAfter, blamesList: fault.blamesList)
    }
  }
}

extension WaitSource {
  /// The records of a list by their ids; what has none is no record of the API.
  fileprivate func records(_ rows: List) -> [(id: String, record: Record)] {
    rows.elements.compactMap { element in
      guard case .record(let record) = element, case .text(let id)? = record[idField] else {
        return nil
      }
      return (id, record)
    }
  }
}

extension TypeEntry.Roll {
  /// Whether a row itself says that it belongs on the roll: a filter may be ignored.
  fileprivate func lists(_ record: Record) -> Bool {
    guard let row else { return true }
    guard case .text(let state)? = record[row.field] else { return false }
    return row.values.contains(state)
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

  /// Whether the same list may fail again while single records are answered.
  fileprivate var blamesList: Bool {
    switch cause {
    case .refused, .malformed: status != 429
    case .lost: code == "answer_timeout"
    case .unreachable, .heldBack, .cancelled: false
    }
  }

  /// Whether it says something of a list that need not hold for single records.
  fileprivate var isOfList: Bool {
    if code == "oversized_answer" { return true }
    guard case .refused = cause, let status else { return false }
    return isForGood && status != 401
  }
}

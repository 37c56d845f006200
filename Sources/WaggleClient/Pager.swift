package import WaggleCatalogue
package import WaggleTime
package import WaggleValues

/// Reads whole lists, page by page, from any gateway.
///
/// What comes in is a call of a list; what goes out are all its records, or as many as are wanted.
/// How a list is paged is data of the catalogue, and two machines decide what is read next:
/// `PageMachine` for numbers and offsets, several pages at once, `CursorMachine` for places, one
/// after another. Each page is a call that is repeated and paid for by the layers below.
///
///     let bees = try Pager(gateway).list(Call(listInstances), on: strand)
package struct Pager: Sendable {
  /// How many pages are read at once where the first one told how many there are.
  package static let width = 8
  /// How many records a page is asked for where the contract states no maximum.
  static let usualSize = 200

  private let gateway: any Gateway

  /// Reads from a gateway.
  package init(_ gateway: any Gateway) { self.gateway = gateway }

  /// Reads a list: all of it, the first `limit` records, or one numbered page only (the first is 0).
  package func list(
    _ call: Call, limit: Int? = nil, page: Int? = nil, on strand: Strand
  ) throws(CallFault) -> List {
    if let limit, limit <= 0 { return List() }
    guard case .list(let type, let paging) = call.operation.success.shape else {
      return try first(limit, of: read(call, on: strand).rows, of: call)
    }
    switch paging {
    case .none:
      return try first(limit, of: read(call, on: strand).rows, of: call)
    case .newest(let most):
      let one = limit.map { call.asking([("limit", .int(min($0, most)))]) } ?? call
      return try first(limit, of: read(one, on: strand).rows, of: call)
    case .page(let most):
      if let page {
        let one = call.asking([("page", .int(page))])
        return try first(limit, of: read(one, on: strand).rows, of: call)
      }
      let asked = call.number("pageSize") ?? 0
      let size = asked > 0 ? max(asked, PageMachine.leastSize) : min(most, limit ?? most)
      return try pages(of: call, type, size: size, limit: limit, isNumbered: true, on: strand)
    case .offset:
      let size = min(Self.usualSize, limit ?? Self.usualSize)
      return try pages(of: call, type, size: size, limit: limit, isNumbered: false, on: strand)
    case .cursor(let parameter, _, let most):
      let reading = Places(parameter: parameter, isRising: false, size: min(most, limit ?? most))
      return try places(of: call, type, reading, limit: limit, on: strand)
    case .rows(let most):
      let reading = Places(parameter: "since", isRising: true, size: min(most, limit ?? most))
      return try places(of: call, type, reading, limit: limit, on: strand)
    }
  }

  /// Reads one numbered page of a given size.
  package func page(
    _ page: Int, size: Int, of call: Call, on strand: Strand
  ) throws(CallFault) -> (rows: List, total: Int?) {
    let one = call.asking([("page", .int(page)), ("pageSize", .int(size))])
    let (rows, reply) = try read(one, on: strand)
    return (rows, reply.total)
  }

  /// Reads as many records as the API gives at once of a list that is read from place to place, and
  /// gives the next place, nil at the end; the first part has none.
  package func part(
    after place: String?, of call: Call, on strand: Strand
  ) throws(CallFault) -> (rows: List, place: String?) {
    var own: [(name: String, value: Value)] = []
    if case .list(_, .cursor(let parameter, _, let most)) = call.operation.success.shape {
      own.append(("limit", .int(most)))
      if let place { own.append((parameter, .text(place))) }
    }
    let (rows, reply) = try read(call.asking(own), on: strand)
    return (rows, reply.cursor.flatMap { $0.isEmpty ? nil : $0 })
  }

  // MARK: Pages by number or offset

  private func pages(
    of call: Call, _ type: RecordType, size: Int, limit: Int?, isNumbered: Bool, on strand: Strand
  ) throws(CallFault) -> List {
    var machine = PageMachine(
      size: size, limit: limit, isNumbered: isNumbered, idField: type.idField ?? "id")
    var action = machine.began()
    while true {
      switch action {
      case .read(let windows):
        action = machine.came(try read(windows, isNumbered: isNumbered, of: call, on: strand))
      case .complete: return try call.list(machine.rows.values.prefix(limit ?? .max))
      case .fault(let reason): throw call.malformed("the list \(reason)", nil)
      }
    }
  }

  /// Reads pages, several at a time; the first failure stops the rest.
  private func read(
    _ windows: [PageWindow], isNumbered: Bool, of call: Call, on strand: Strand
  ) throws(CallFault) -> [PageMachine.Page] {
    let calls = windows.map { call.asking(for: $0, isNumbered: isNumbered) }
    if calls.count == 1 {
      let (rows, reply) = try read(calls[0], on: strand)
      return [(windows[0], rows.elements, reply.total)]
    }
    let pages = Guarded([PageMachine.Page?](repeating: nil, count: windows.count))
    let failure = Guarded<CallFault?>(nil)
    strand.parallel(
      rounds: windows.count, width: Self.width, token: strand.token,
      name: { "\(strand.key)/page[\(windows[$0].start)]" }
    ) { index, strand in
      do throws(CallFault) {
        let (rows, reply) = try read(calls[index], on: strand)
        pages.withLock { $0[index] = (windows[index], rows.elements, reply.total) }
        return true
      } catch {
        failure.withLock { $0 = $0 ?? error }
        return false
      }
    }
    if let fault = failure.withLock({ $0 }) { throw fault }
    return pages.withLock { $0.compactMap { $0 } }
  }

  // MARK: Places

  /// How a list is read from place to place.
  private struct Places {
    let parameter: String
    let isRising: Bool
    let size: Int
  }

  private func places(
    of call: Call, _ type: RecordType, _ reading: Places, limit: Int?, on strand: Strand
  ) throws(CallFault) -> List {
    var machine = CursorMachine(
      from: call.place(in: reading.parameter), isRising: reading.isRising,
      size: reading.size, limit: limit,
      idField: reading.isRising ? "offset" : type.idField ?? "id")
    var action = machine.began()
    while true {
      switch action {
      case .read(let place):
        var own: [(name: String, value: Value)] = [("limit", .int(reading.size))]
        if let place { own.append((reading.parameter, place.value)) }
        let (rows, reply) = try read(call.asking(own), on: strand)
        action = machine.came(rows.elements, next: reply.cursor, hasMore: reply.hasMore)
      case .complete: return try call.list(machine.rows.values.prefix(limit ?? .max))
      case .fault(let reason): throw call.malformed("the list \(reason)", nil)
      }
    }
  }

  // MARK: One page

  private func first(_ limit: Int?, of rows: List, of call: Call) throws(CallFault) -> List {
    guard let limit, limit < rows.count else { return rows }
    return try call.list(rows.elements.prefix(limit))
  }

  private func read(
    _ call: Call, on strand: Strand
  ) throws(CallFault) -> (rows: List, reply: Reply) {
    let reply = try gateway.send(call, on: strand)
    guard case .list(let rows) = reply.data else {
      throw call.malformed("the answer is no list", reply)
    }
    return (rows, reply)
  }
}

extension RecordType {
  /// The field that holds the id of a record.
  fileprivate var idField: String? { Catalogue.beeOS.entry(of: self)?.idField }
}

extension Call {
  /// The number that the script gives for a query parameter itself.
  fileprivate func number(_ name: String) -> Int? {
    for case (name, .int(let number)) in query { return number }
    return nil
  }

  /// The place at which the script wants a list to begin.
  fileprivate func place(in parameter: String) -> CursorMachine.Place? {
    query.last { $0.name == parameter }.flatMap { CursorMachine.Place($0.value) }
  }

  /// The same call with query parameters set.
  fileprivate func asking(_ parameters: [(name: String, value: Value)]) -> Call {
    var call = self
    call.query.removeAll { old in parameters.contains { $0.name == old.name } }
    call.query += parameters
    return call
  }

  /// The same call for a stretch of the list.
  fileprivate func asking(for window: PageWindow, isNumbered: Bool) -> Call {
    isNumbered
      ? asking([("page", .int(window.start / window.size)), ("pageSize", .int(window.size))])
      : asking([("offset", .int(window.start)), ("limit", .int(window.size))])
  }

  fileprivate func list(_ rows: some Sequence<Value>) throws(CallFault) -> List {
    do {
      return try List(Array(rows))
    } catch {
      throw malformed("the answer nests too deep", nil)
    }
  }

  fileprivate func malformed(_ message: String, _ reply: Reply?) -> CallFault {
    CallFault(
      .malformed, operation: operation.id, status: reply?.status, code: "malformed_answer",
      message: message, requestID: reply?.requestID)
  }
}

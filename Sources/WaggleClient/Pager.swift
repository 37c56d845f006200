package import WaggleCatalogue
package import WaggleTime
package import WaggleValues

/// Reads whole lists, page by page, from any gateway.
///
/// A list that changes while it is read moves records from page to page: one that comes again is
/// dropped. The end is where as many came as the API says there are; where it does not say, the
/// first short page. Once the first page has told how many there are, the others are read ahead.
/// Pages that only repeat one another are a fault, for a server that ignores `page` has no end.
///
///     let bees = try Pager(gateway).list(Call(listInstances), on: strand)
package struct Pager: Sendable {
  /// How many pages are read at once where the first one told how many there are.
  package static let width = 8
  /// How many pages are set out for at most, whatever the API says: it may say anything.
  static let mostAhead = 256

  private let gateway: any Gateway

  /// Reads from a gateway.
  package init(_ gateway: any Gateway) { self.gateway = gateway }

  /// Reads a list: all of it, the first `limit` records, or one page only (the first is 0).
  package func list(
    _ call: Call, limit: Int? = nil, page: Int? = nil, on strand: Strand
  ) throws(CallFault) -> List {
    if let limit, limit <= 0 { return List() }
    guard case .list(_, .page(let most)) = call.operation.success.shape else {
      return try first(limit, of: read(call, on: strand).rows, of: call)
    }
    if let page {
      let one = call.asking(page: page, size: call.pageSize)
      return try first(limit, of: read(one, on: strand).rows, of: call)
    }
    let size = call.pageSize ?? min(most, limit ?? most)
    return try all(of: call, size: size, limit: limit, on: strand)
  }

  /// Reads one page of a given size.
  package func page(
    _ page: Int, size: Int, of call: Call, on strand: Strand
  ) throws(CallFault) -> (rows: List, total: Int?) {
    let (rows, total) = try read(call.asking(page: page, size: size), on: strand)
    // A list that shrinks meanwhile ends early, but not by a whole page that its own answer counts.
    if rows.count == 0, let total, total / max(size, 1) > page {
      throw call.malformed("page \(page) of the list is empty, but it counts \(total) records", nil)
    }
    return (rows, total)
  }

  private func all(
    of call: Call, size: Int, limit: Int?, on strand: Strand
  ) throws(CallFault) -> List {
    let (start, total) = try page(0, size: size, of: call, on: strand)
    var rows = Rows(start, size: size, total: total, limit: limit)
    if rows.isComplete { return try first(limit, of: start, of: call) }
    while !rows.isComplete {
      let count = min(max(rows.pagesAhead, 1), Self.mostAhead)
      for part in try readAhead(count, from: rows.pages, size: size, of: call, on: strand) {
        rows.add(part)
      }
      if rows.onlyRepeats { throw call.malformed("the pages of the list repeat one another", nil) }
    }
    return try call.list(rows.values.prefix(limit ?? .max))
  }

  /// Reads pages, several at a time; the first failure stops the rest.
  private func readAhead(
    _ count: Int, from start: Int, size: Int, of call: Call, on strand: Strand
  ) throws(CallFault) -> [List] {
    if count == 1 { return [try page(start, size: size, of: call, on: strand).rows] }
    let parts = Parts(count: count)
    strand.parallel(
      rounds: count, width: Self.width, token: strand.token,
      name: { "\(strand.key)/page[\(start + $0)]" }
    ) { index, strand in
      do throws(CallFault) {
        parts.set(try page(start + index, size: size, of: call, on: strand).rows, at: index)
        return true
      } catch {
        parts.fail(error)
        return false
      }
    }
    return try parts.lists()
  }

  private func first(_ limit: Int?, of rows: List, of call: Call) throws(CallFault) -> List {
    guard let limit, limit < rows.count else { return rows }
    return try call.list(rows.elements.prefix(limit))
  }

  private func read(
    _ call: Call, on strand: Strand
  ) throws(CallFault) -> (rows: List, total: Int?) {
    let reply = try gateway.send(call, on: strand)
    guard case .list(let rows) = reply.data else {
      throw call.malformed("the answer is no list", reply)
    }
    return (rows, reply.total)
  }
}

/// What came of a list so far, and whether that is all.
private struct Rows {
  private(set) var values: [Value]
  private(set) var pages = 1
  private let size: Int
  private let total: Int?
  private let limit: Int
  private var seen: Set<String> = []
  private var received: Int
  private var isShort: Bool

  init(_ start: List, size: Int, total: Int?, limit: Int?) {
    self.size = size
    self.total = total
    self.limit = limit ?? .max
    (values, received, isShort) = ([], 0, false)
    pages = 0
    add(start)
  }

  /// Whether nothing is missing, as far as the API says.
  var isComplete: Bool { isShort || values.count >= limit }

  /// Whether far more came again than came at all, as no list that changes meanwhile does.
  var onlyRepeats: Bool { received - values.count > values.count + 1_000 }

  /// How many pages more there must be; 0 where the API did not say.
  var pagesAhead: Int {
    guard let total, size > 0 else { return 0 }
    let wanted = min(total, limit)
    return max(0, wanted / size + (wanted % size == 0 ? 0 : 1) - pages)
  }

  mutating func add(_ part: List) {
    pages += 1
    received += part.count
    values += part.elements.filter { $0.id.map { seen.insert($0).inserted } ?? true }
    isShort = total.map { received >= $0 } ?? (part.count < size) || part.count == 0
  }
}

/// The pages that were read ahead, put down by their strands.
private final class Parts: @unchecked Sendable {
  private let lock = Lock()
  private var parts: [List?]
  private var fault: CallFault?

  init(count: Int) { parts = Array(repeating: nil, count: count) }

  func set(_ part: List, at index: Int) { lock.withLock { parts[index] = part } }

  func fail(_ fault: CallFault) { lock.withLock { self.fault = self.fault ?? fault } }

  func lists() throws(CallFault) -> [List] {
    if let fault { throw fault }
    return parts.compactMap { $0 }
  }
}

extension Value {
  /// The `id` of a record.
  fileprivate var id: String? {
    if case .record(let record) = self, case .text(let id)? = record["id"] { return id }
    return nil
  }
}

extension Call {
  /// The page size that the script asks for itself.
  fileprivate var pageSize: Int? {
    for case ("pageSize", .int(let size)) in query { return size }
    return nil
  }

  /// The same call for a page of the list.
  fileprivate func asking(page: Int, size: Int?) -> Call {
    var call = self
    call.query.removeAll { $0.name == "page" || $0.name == "pageSize" }
    call.query.append(("page", .int(page)))
    if let size { call.query.append(("pageSize", .int(size))) }
    return call
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

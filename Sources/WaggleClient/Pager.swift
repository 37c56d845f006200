package import WaggleCatalogue
package import WaggleTime
package import WaggleValues

/// Reads whole lists, page by page, from any gateway.
///
/// A list that changes while it is read moves records from page to page: one that comes again is
/// dropped. The end is where as many came as the API says there are; where it does not say, the
/// first short page.
///
///     let bees = try Pager(gateway).list(Call(listInstances), on: strand)
package struct Pager: Sendable {
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
    try read(call.asking(page: page, size: size), on: strand)
  }

  private func all(
    of call: Call, size: Int, limit: Int?, on strand: Strand
  ) throws(CallFault) -> List {
    var rows: [Value] = []
    var seen: Set<String> = []
    var received = 0
    var page = 0
    while true {
      let (part, total) = try self.page(page, size: size, of: call, on: strand)
      received += part.count
      let fresh = part.elements.filter { $0.id.map { seen.insert($0).inserted } ?? true }
      let isEnd = total.map { received >= $0 } ?? (part.count < size) || part.count == 0
      if isEnd, page == 0, fresh.count == part.count { return try first(limit, of: part, of: call) }
      rows += fresh
      if isEnd || rows.count >= limit ?? .max { break }
      page += 1
    }
    return try call.list(rows.prefix(limit ?? .max))
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

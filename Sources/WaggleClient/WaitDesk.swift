package import WaggleCatalogue
package import WaggleTime
package import WaggleValues
package import WaggleWait

/// Drives waits: it looks, parks and asks the judge as the machine of `WaggleWait` says.
///
/// No thread of its own: the strand that waits does the looks, up to eight gets at once. What comes
/// in is a request and a strand; what goes out are the fresh records, or what stopped the wait. What
/// may be waited for, by which operations and what their fields mean comes from the catalogue. The
/// desk refuses to know what a condition is: the request's judge says whether it holds, on the
/// waiting strand and outside the wait's own deadline.
///
///     let desk = WaitDesk(gateway, catalogue: .beeOS)
///     let running = try desk.wait(request, on: strand)
package final class WaitDesk: Sendable {
  /// How many gets are made at once.
  package static let width = 8

  let gateway: any Gateway
  private let catalogue: Catalogue
  private let observe: (@Sendable (WaitProgress) -> Void)?

  /// Makes a desk that looks through a gateway and tells an observer after each round of looks.
  package init(
    _ gateway: any Gateway, catalogue: Catalogue,
    observe: (@Sendable (WaitProgress) -> Void)? = nil
  ) {
    self.gateway = gateway
    self.catalogue = catalogue
    self.observe = observe
  }

  /// Waits, on the strand and for as long as the request says, and gives the fresh records.
  ///
  /// - Returns: The records in the given order; null for a subject that is gone and was never seen.
  /// - Throws: Why the wait did not get there, or what stopped it.
  package func wait(_ request: WaitRequest, on strand: Strand) throws(WaitStop) -> [Value] {
    let source = WaitSource(type: request.type, in: catalogue)
    guard source != nil || request.isQuestion else { throw .cannotLook(type: request.type) }
    let deadline = request.timeout.map { strand.now.advanced(by: $0) }
    let token = strand.token.child(deadline: deadline)
    let machine = WaitMachine(
      request, lifecycle: source?.lifecycle ?? .none, canList: source?.list != nil)
    var round = WaitRun(
      gateway: gateway, source: source, subjects: request.subjects, token: token, strand: strand,
      machine: machine)
    defer { tell(&round, isOver: true) }
    return try run(&round, judge: request.judge)
  }

  private func run(
    _ run: inout WaitRun, judge: (Look) throws -> Verdict
  ) throws(WaitStop) -> [Value] {
    let strand = run.strand
    var action = run.machine.began(at: strand.now)
    while true {
      switch action {
      case .page(let page):
        action = try run.readPage(page)
      case .get(let ids):
        action = try run.read(ids)
      case .judge(let looks):
        try run.ask(judge, of: looks)
        action = run.machine.judgementsEnded(at: strand.now, jitter: strand.draw(in: 0..<1))
        tell(&run, isOver: false)
      case .park(let moment):
        action = try run.park(until: moment)
      case .reached(let records):
        return records
      case .failed(let fault):
        throw .fault(fault)
      }
    }
  }

  private func tell(_ run: inout WaitRun, isOver: Bool) {
    guard let observe else { return }
    observe(
      run.machine.progress(
        of: run.strand.key, at: run.strand.now, calls: run.calls, isOver: isOver))
  }
}

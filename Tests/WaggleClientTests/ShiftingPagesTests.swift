import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

/// A list that changes before each answer, by numbered pages or by offset.
private final class ShiftingGateway: Gateway {
  private struct Fleet {
    var ids: [Int]
    var kept: Set<Int>
    var calls = 0
    var next: Int
    var draws: UInt64
  }

  /// What happens to the list before an answer.
  enum Change: CaseIterable {
    case none, oneGoes, manyGo, oneComes, someComeAndGo, oneComesAtTheEnd
  }

  private let change: Change
  private let givesTotal: Bool
  /// The page size that it has whatever it is asked for.
  private let ownSize: Int?
  private let fleet: Guarded<Fleet>

  init(
    _ count: Int, _ change: Change, givesTotal: Bool, seed: UInt64, ownSize: Int? = nil
  ) {
    self.change = change
    self.ownSize = ownSize
    self.givesTotal = givesTotal
    let ids = Array(0..<count)
    fleet = Guarded(Fleet(ids: ids, kept: Set(ids), next: count, draws: seed))
  }

  /// The records that were there all the time.
  var kept: Set<Int> { fleet.withLock { $0.kept } }
  var calls: Int { fleet.withLock { $0.calls } }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    throw .lost(call)
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    strand.sleep(nanoseconds: 80_000_000)
    let size = ownSize ?? number("pageSize", call) ?? number("limit", call) ?? 20
    let start = number("page", call).map { $0 * size } ?? number("offset", call) ?? 0
    return fleet.withLock { fleet in
      if fleet.calls > 0 { alter(&fleet) }
      fleet.calls += 1
      let begin = min(start, fleet.ids.count)
      let rows = fleet.ids[begin..<min(begin + size, fleet.ids.count)]
      let records = rows.compactMap { try? Record([("id", .text("\($0)"))]) }
      let list = (try? List(records.map(Value.record))) ?? List()
      return Reply(status: 200, data: .list(list), total: givesTotal ? fleet.ids.count : nil)
    }
  }

  private func alter(_ fleet: inout Fleet) {
    switch change {
    case .none: break
    case .oneGoes: remove(&fleet)
    case .manyGo: for _ in 0..<7 { remove(&fleet) }
    case .oneComes: insert(&fleet, at: 0)
    case .someComeAndGo:
      for _ in 0..<3 { remove(&fleet) }
      insert(&fleet, at: draw(&fleet) % (fleet.ids.count + 1))
      insert(&fleet, at: 0)
    case .oneComesAtTheEnd:
      remove(&fleet)
      insert(&fleet, at: fleet.ids.count)
    }
  }

  private func remove(_ fleet: inout Fleet) {
    guard !fleet.ids.isEmpty else { return }
    fleet.kept.remove(fleet.ids.remove(at: draw(&fleet) % fleet.ids.count))
  }

  private func insert(_ fleet: inout Fleet, at position: Int) {
    fleet.ids.insert(fleet.next, at: position)
    fleet.next += 1
  }

  private func draw(_ fleet: inout Fleet) -> Int {
    fleet.draws = fleet.draws &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(fleet.draws >> 33)
  }

  private func number(_ name: String, _ call: Call) -> Int? {
    for case (name, .int(let number)) in call.query { return number }
    return nil
  }
}

@Suite("Lists that change while they are read")
struct ShiftingPagesTests {
  private static let byOffset = WaggleCatalogue.Operation(
    id: "listAgents", group: "agents", action: "list", method: "GET", path: "/x", summary: "x",
    success: Success(200, .list(Fleet.get.success.type, .offset)), effect: .read, replay: .safe,
    example: "")

  private func read(
    _ gateway: ShiftingGateway, isNumbered: Bool, pageSize: Int?
  ) throws -> [Int] {
    let query: [(name: String, value: Value)] = pageSize.map { [("pageSize", .int($0))] } ?? []
    let call = isNumbered ? Call(Fleet.list, query: query) : Call(Self.byOffset)
    let list = try virtually { strand in
      Result { try Pager(gateway).list(call, on: strand) }
    }.get()
    return list.elements.compactMap { $0.id.flatMap { Int($0) } }
  }

  @Test(
    "ten thousand records are each given once, whatever comes and goes meanwhile",
    arguments: ShiftingGateway.Change.allCases, [true, false])
  fileprivate func tenThousand(_ change: ShiftingGateway.Change, givesTotal: Bool) throws {
    for isNumbered in [true, false] {
      let gateway = ShiftingGateway(10_000, change, givesTotal: givesTotal, seed: 7)
      let ids = try read(gateway, isNumbered: isNumbered, pageSize: nil)
      #expect(Set(ids).count == ids.count)
      #expect(gateway.kept.subtracting(ids).isEmpty, "\(change) by \(isNumbered)")
      #expect(gateway.calls < 300, "\(gateway.calls) calls")
    }
  }

  @Test("so are few records on small pages", arguments: ShiftingGateway.Change.allCases)
  fileprivate func few(_ change: ShiftingGateway.Change) throws {
    for count in [0, 1, 2, 19, 20, 21, 199, 200, 201, 399, 400, 401] {
      for pageSize in [1, 20, 33, 200] {
        for seed: UInt64 in 1...3 {
          let gateway = ShiftingGateway(count, change, givesTotal: seed != 2, seed: seed)
          let ids = try read(gateway, isNumbered: true, pageSize: pageSize)
          #expect(Set(ids).count == ids.count)
          let lost = gateway.kept.subtracting(ids)
          #expect(lost.isEmpty, "\(change) \(count) by \(pageSize), seed \(seed)")
        }
      }
    }
  }

  @Test("a server with a page size of its own is read by that", arguments: [true, false])
  func ownSize(givesTotal: Bool) throws {
    for count in [0, 1, 199, 200, 201, 210, 400, 999, 10_000] {
      for own in [20, 50, 200, 500] where givesTotal || own >= 200 {
        let gateway = ShiftingGateway(
          count, .none, givesTotal: givesTotal, seed: 1, ownSize: own)
        #expect(
          try read(gateway, isNumbered: true, pageSize: nil) == Array(0..<count),
          "\(count) by \(own)")
      }
    }
  }

  @Test("a list that stands still is read in its order, with hardly a page more than it fills")
  func still() throws {
    for isNumbered in [true, false] {
      let gateway = ShiftingGateway(10_000, .none, givesTotal: true, seed: 1)
      #expect(try read(gateway, isNumbered: isNumbered, pageSize: nil) == Array(0..<10_000))
      #expect(gateway.calls <= 55)
    }
  }
}

extension Success {
  /// The type of its record.
  fileprivate var type: RecordType {
    guard case .record(let type) = shape else { preconditionFailure("no record") }
    return type
  }
}

import Testing
import WaggleCatalogue
import WaggleClient
import WaggleValues

@Suite struct PagerTests {
  private func read(
    _ gateway: FleetGateway, query: [(name: String, value: Value)] = [], limit: Int? = nil,
    page: Int? = nil
  ) -> Int? {
    virtually { strand in
      try? Pager(gateway).list(Call(Fleet.list, query: query), limit: limit, page: page, on: strand)
        .count
    }
  }

  private func fleet(_ count: Int) -> [String] { (0..<count).map { "i\($0)" } }

  @Test("every page is read, as many as the total says")
  func allPages() {
    let gateway = FleetGateway(fleet(400))
    #expect(read(gateway) == 400)
    #expect(
      gateway.calls == [
        "0 listInstances page=0 pageSize=200", "80 listInstances page=1 pageSize=199",
        "80 listInstances page=2 pageSize=198",
      ])
  }

  @Test("without a total the first short page is the last")
  func noTotal() {
    let gateway = FleetGateway(fleet(400), givesTotal: false)
    #expect(read(gateway) == 400)
    #expect(gateway.calls.count == 3)
    let short = FleetGateway(fleet(397), givesTotal: false)
    #expect(read(short) == 397)
    #expect(short.calls.count == 2)
  }

  @Test("a limit is for the records in all, and asks for no more than needed")
  func limit() {
    let gateway = FleetGateway(fleet(500))
    #expect(read(gateway, limit: 5) == 5)
    #expect(read(gateway, limit: 201) == 201)
    #expect(read(gateway, limit: 0) == 0)
    #expect(
      gateway.calls == [
        "0 listInstances page=0 pageSize=5", "0 listInstances page=0 pageSize=200",
        "80 listInstances page=1 pageSize=199",
      ])
  }

  @Test("a page is that page only, of the size that the script asks for")
  func onePage() {
    let gateway = FleetGateway(fleet(50))
    #expect(read(gateway, page: 2) == 10)
    #expect(read(gateway, query: [("pageSize", .int(7))], page: 1) == 7)
    #expect(read(gateway, query: [("pageSize", .int(30))]) == 50)
    #expect(
      gateway.calls == [
        "0 listInstances page=2", "0 listInstances pageSize=7 page=1",
        "0 listInstances page=0 pageSize=30", "80 listInstances page=1 pageSize=29",
      ])
  }

  @Test("a record that comes again on a later page is given once")
  func duplicates() {
    let gateway = FleetGateway(fleet(250) + fleet(50))
    #expect(read(gateway) == 250)
  }

  @Test("an empty list is a list")
  func empty() {
    #expect(read(FleetGateway([])) == 0)
    #expect(read(FleetGateway([], givesTotal: false)) == 0)
  }

  @Test("once the first page has told how many there are, the others are read at the same time")
  func readAhead() {
    let gateway = FleetGateway(fleet(900))
    #expect(read(gateway) == 900)
    #expect(
      gateway.calls == [
        "0 listInstances page=0 pageSize=200", "80 listInstances page=1 pageSize=199",
        "80 listInstances page=2 pageSize=198", "80 listInstances page=3 pageSize=197",
        "80 listInstances page=4 pageSize=196",
      ])
    let limited = FleetGateway(fleet(900))
    #expect(read(limited, limit: 450) == 450)
    #expect(limited.calls.count == 3)
  }

  @Test("a total that cannot be costs no memory, and an empty page that it counts is a fault")
  func hugeTotal() {
    let gateway = FleetGateway(fleet(400), total: .max)
    let fault = virtually { strand in
      #expect(throws: CallFault.self) { try Pager(gateway).list(Call(Fleet.list), on: strand) }
    }
    #expect(fault?.cause == .malformed)
    #expect(
      fault?.message
        == "the list counts 9223372036854775807 records, but shows none from record 591 on")
    #expect(gateway.calls.count < 20)
  }

  @Test("a list that shrinks while it is read ends where it ends")
  func shrunk() {
    #expect(read(FleetGateway(fleet(400), total: 450)) == 400)
  }

  @Test("a server that gives the same page for ever is a fault", arguments: [true, false])
  func samePage(givesTotal: Bool) throws {
    let gateway = FleetGateway(
      fleet(200), givesTotal: givesTotal, total: 1_000_000, ignoresPage: true)
    let fault = virtually { strand in
      #expect(throws: CallFault.self) {
        try Pager(gateway).list(Call(Fleet.list), on: strand)
      }
    }
    #expect(fault?.cause == .malformed)
    #expect(fault?.message == "the list gives the same records again and again")
    #expect(gateway.calls.count < 20)
  }

  @Test("pages come in their order, whichever answer comes first")
  func order() {
    let names = fleet(1_000)
    let read = virtually { strand in
      try? Pager(FleetGateway(names)).list(Call(Fleet.list), on: strand)
    }
    let ids = read?.elements.map { value in
      if case .record(let record) = value, case .text(let id)? = record["id"] { return id }
      return ""
    }
    #expect(ids == names)
  }
}

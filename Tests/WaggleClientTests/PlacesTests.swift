import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

/// Answers each call by a function of the place that it asks for.
private final class PlacesGateway: Gateway {
  typealias Answer = @Sendable (_ place: String?, _ limit: Int) -> Reply

  private let answer: Answer
  private let places = Guarded<[String]>([])

  init(_ answer: @escaping Answer) { self.answer = answer }

  /// The places that were asked for, with how many records.
  var asked: [String] { places.withLock { $0 } }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    throw .lost(call)
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let place = call.query.first { $0.name == "since" || $0.name == "cursor" }?.value.plainText
    let limit = call.query.first { $0.name == "limit" }.flatMap { Int($0.value.plainText) } ?? 0
    places.withLock { $0.append("\(place ?? "-") \(limit)") }
    return answer(place, limit)
  }
}

@Suite("Lists that are read from place to place")
struct PlacesTests {
  private func operation(_ paging: Success.Paging) -> WaggleCatalogue.Operation {
    let type = Fleet.get.success
    guard case .record(let type) = type.shape else { preconditionFailure("no record") }
    return WaggleCatalogue.Operation(
      id: "listThings", group: "things", action: "list", method: "GET", path: "/x", summary: "x",
      success: Success(200, .list(type, paging), items: "things"), effect: .read, replay: .safe,
      example: "")
  }

  private func read(
    _ gateway: PlacesGateway, _ paging: Success.Paging, limit: Int? = nil, since: Value? = nil
  ) -> String {
    virtually { strand in
      do throws(CallFault) {
        let call = Call(operation(paging), query: since.map { [("since", $0)] } ?? [])
        let rows = try Pager(gateway).list(call, limit: limit, on: strand).elements
        let ids = rows.map { row -> String in
          guard case .record(let record) = row else { return "?" }
          return (record["id"] ?? record["offset"] ?? .null).plainText
        }
        return ids.joined(separator: " ")
      } catch {
        return error.message
      }
    }
  }

  private static let opaque = Success.Paging.cursor(parameter: "since", next: "next", max: 100)

  private static func reply(
    _ field: String, _ ids: [Value], next: String?, hasMore: Bool? = nil
  ) -> Reply {
    let records = ids.compactMap { try? Record([(field, $0)]) }
    let list = (try? List(records.map(Value.record))) ?? List()
    return Reply(status: 200, data: .list(list), cursor: next, hasMore: hasMore)
  }

  private static func things(_ ids: String..., next: String?) -> Reply {
    reply("id", ids.map(Value.text), next: next)
  }

  @Test("an opaque place is sent back until there is none")
  func opaque() {
    let gateway = PlacesGateway { place, _ in
      switch place {
      case nil: Self.things("a", "b", next: "x")
      case "x": Self.things("b", "c", next: "y")
      default: Self.things("d", next: nil)
      }
    }
    #expect(read(gateway, Self.opaque) == "a b c d")
    #expect(gateway.asked == ["- 100", "x 100", "y 100"])
  }

  @Test("a limit asks for no more than it needs, and a script may begin where it wants")
  func limit() {
    let gateway = PlacesGateway { place, limit in
      let first = Int(place ?? "0") ?? 0
      let ids = (first..<first + limit).map { Value.text("\($0)") }
      return Self.reply("id", ids, next: "\(first + limit)")
    }
    #expect(read(gateway, Self.opaque, limit: 3) == "0 1 2")
    #expect(read(gateway, Self.opaque, limit: 2, since: .text("40")) == "40 41")
    #expect(gateway.asked == ["- 3", "40 2"])
  }

  @Test("a server that hands out a place twice, or shows nothing new for ever, is a fault")
  func circles() {
    let circle = PlacesGateway { place, _ in
      Self.things(place ?? "a", next: place == "x" ? "y" : "x")
    }
    #expect(
      read(circle, Self.opaque)
        == "the list goes round in a circle: it gives the place of a page twice")
    let count = Guarded(0)
    let endless = PlacesGateway { _, _ in
      Self.things("a", next: "\(count.withLock { $0 += 1; return $0 })")
    }
    #expect(read(endless, Self.opaque) == "the list gives the same records again and again")
    #expect(endless.asked.count < 20)
  }

  /// A channel of the offsets from 1 to `count`, in pages of at most `most`.
  private func channel(
    _ count: Int, most: Int, tells: Bool, ignoresSince: Bool = false
  ) -> PlacesGateway {
    PlacesGateway { place, limit in
      let since = ignoresSince ? 0 : Int(place ?? "0") ?? 0
      let rows = Array((1...count).filter { $0 > since }.prefix(min(limit, most)))
      return Self.reply(
        "offset", rows.map(Value.int), next: tells ? rows.last.map(String.init) : nil,
        hasMore: tells ? (rows.last ?? count) < count : nil)
    }
  }

  @Test("rows rise from the greatest offset seen until no more follow")
  func rows() {
    let channel = channel(7, most: 3, tells: true)
    #expect(read(channel, .rows(max: 500)) == "1 2 3 4 5 6 7")
    #expect(channel.asked == ["- 500", "3 500", "6 500"])
    #expect(read(channel, .rows(max: 500), since: .int(5)) == "6 7")
    #expect(read(channel, .rows(max: 500), limit: 4) == "1 2 3 4")
  }

  @Test("where a server does not tell whether more follow, a short page is the last")
  func untold() {
    let channel = channel(7, most: 3, tells: false)
    #expect(read(channel, .rows(max: 3)) == "1 2 3 4 5 6 7")
    #expect(channel.asked == ["- 3", "3 3", "6 3"])
  }

  @Test("a server that ignores where it is to go on is a fault")
  func ignored() {
    let stuck = channel(7, most: 3, tells: true, ignoresSince: true)
    #expect(
      read(stuck, .rows(max: 500)) == "the list does not go on: after record 3 it goes to 3")
  }

  @Test("the newest ones are one call")
  func newest() {
    let gateway = PlacesGateway { _, _ in Self.things("a", "b", "c", next: nil) }
    #expect(read(gateway, .newest(max: 200)) == "a b c")
    #expect(read(gateway, .newest(max: 200), limit: 2) == "a b")
    #expect(gateway.asked == ["- 0", "- 2"])
  }
}

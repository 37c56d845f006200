import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

/// Requests and answers that nobody meant: whatever the bytes, there is an answer or a fault.
@Suite struct WorldFuzzTests {
  /// Bytes that mean something somewhere, so that changed texts get past the first check.
  private static let spice =
    Array(#"{}[]",:0-9eE.\u%/&=+ null true é"#.utf8) + [0, 0x7F, 0x80, 0xFF]

  private func changed(_ bytes: [UInt8], _ draws: Draws) -> [UInt8] {
    var bytes = bytes
    for edit in 0..<draws.int("edits", in: 0..<4) {
      let place = draws.int("place", edit, in: 0..<bytes.count + 1)
      let byte = Self.spice[draws.int("byte", edit, in: 0..<Self.spice.count)]
      switch draws.int("kind", edit, in: 0..<4) {
      case 0: bytes.insert(byte, at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = byte
      default: bytes.removeLast(min(bytes.count, draws.int("cut", edit, in: 0..<4)))
      }
    }
    return bytes
  }

  private func text(_ text: String, _ draws: Draws) -> String {
    String(decoding: changed(Array(text.utf8), draws), as: UTF8.self)
  }

  @Test("any request has an answer in the contract's envelope")
  func requests() throws {
    let visitor = Visitor(instances: 6)
    let paths = ["", "/instance_1", "/instance_1/start", "/instance_2/device/info"]
    let body = #"{"name":"é\n","variantId":"scout-standard","models":["m"],"config":{"a":[1.5e3]}}"#
    for round in 0..<4000 {
      let draws = Draws(seed: UInt64(round))
      let path = "/api/v1/instances" + draws.one("path", of: paths)
      let request = WireRequest(
        method: draws.one("method", of: ["GET", "POST", "DELETE"]),
        path: text(path, draws.of("path")),
        query: text("page=0&pageSize=2&status=running&search=s%20", draws.of("query")),
        headers: [("authorization", "Bearer \(visitor.world.key)")],
        body: changed(Array(body.utf8), draws.of("body")))
      let response = try #require(visitor.world.handle(request, at: visitor.now).response)
      #expect([200, 201, 400, 404, 409].contains(response.status))
      var reader = JSONReader()
      #expect(try reader.read(response.body)["success"]?.plainText == "\(response.status < 300)")
    }
  }

  @Test("any answer becomes a reply or a fault")
  func answers() throws {
    let visitor = Visitor(instances: 2)
    let good = try #require(visitor.raw("GET", "/api/v1/instances"))
    let bad = try #require(visitor.raw("GET", "/api/v1/instances/x"))
    let list = try #require(Catalogue.beeOS.operation(id: "listInstances"))
    var fates: Set<String> = []
    for round in 0..<2000 {
      let draws = Draws(seed: UInt64(round))
      var response = round % 2 == 0 ? good : bad
      response.body = changed(response.body, draws)
      do throws(CallFault) {
        let reply = try Reply(decoding: response, of: Call(list), at: visitor.now)
        fates.insert("reply \(reply.data.kind)")
      } catch {
        fates.insert("\(error.cause) \(error.status ?? 0)")
      }
    }
    #expect(fates == ["reply list", "malformed 200", "malformed 404", "refused 404"])
  }
}

import Testing
import WaggleCatalogue
import WaggleHTTP
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

@Suite("A server whose clock is off")
struct ClockSkewTests {
  @Test(
    "is waited for as long as it means, in seconds and by a date",
    arguments: [-48, -2, 0, 2, 48])
  func retryAfter(hours: Int) throws {
    let strands = WallStrands(seed: 1)
    let start = strands.now.advanced(by: hours * 3_600_000_000_000)
    let clock = VirtualStrands(seed: 1, start: start)
    let world = World(
      seed: 3, instances: 1, faults: [.rateLimit(count: 1, seconds: 30)], start: start)
    let outcome: Result<Void, any Error> = strands.main(token: Token()) { strand in
      Result {
        let door = try Door.open(world, port: 0, clock: clock, on: strand)
        defer { door.close(on: strand) }
        let gateway = try HTTPGateway(
          endpoint: Endpoint(door.address, from: "door"), key: Secret(world.key), version: "1",
          environment: { _ in nil })
        let operation = try #require(Catalogue.beeOS.operation(id: "getInstance"))
        let call = Call(operation, path: ["instance_1"])
        #expect(try gateway.send(call, on: strand).status == 200)
        // The sandbox gives both forms in turn; a date is cut to a second.
        for _ in 0..<4 {
          let fault = #expect(throws: CallFault.self) { try gateway.send(call, on: strand) }
          let seconds = (fault?.retryAfter ?? 0) / 1_000_000_000
          #expect((29...31).contains(seconds), "\(seconds) s")
        }
      }
    }
    try outcome.get()
  }
}

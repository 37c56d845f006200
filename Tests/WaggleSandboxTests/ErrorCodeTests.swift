import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct ErrorCodeTests {
  @Test("every code of the contract can be ordered by a fault", arguments: ErrorCode.all)
  func ordered(code: String) throws {
    let visitor = Visitor(faults: [try FaultSpec(parsing: "error=\(code):1")])
    let (status, json) = try visitor.ask("GET", "/api/v1/instances")
    #expect(status == ErrorCode.status(of: code))
    let isBare = code.hasPrefix("OPERATION_")
    #expect((isBare ? json["code"] : json["error"]?["code"])?.plainText == code)
  }

  @Test("an error that a gateway finds out late comes after the work, any other before it")
  func lateness() throws {
    for (code, count) in [("internal_error", 4), ("service_timeout", 4), ("auth_transient", 3)] {
      let visitor = Visitor(instances: 3, faults: [.error(code: code, 1)])
      _ = visitor.raw(
        "POST", "/api/v1/instances", body: #"{"name":"a","variantId":"scout-standard"}"#)
      #expect(visitor.world.withState { $0.fleet.instances.count { $0.owner == .caller } } == count)
    }
  }

  @Test("a share of the calls is one, and no other code is taken")
  func shares() throws {
    let visitor = Visitor(faults: [.error(code: "conflict", 0.3)])
    let count = (0..<400).count { _ in visitor.raw("GET", "/api/v1/instances")?.status == 409 }
    #expect((90...150).contains(count))
    for text in ["error", "error=teapot", "error=conflict:2", "error=conflict:", "forbidden=1"] {
      #expect(throws: FaultSpecError.self) { try FaultSpec(parsing: text) }
    }
  }
}

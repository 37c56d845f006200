import Testing
import WaggleCatalogue
import WaggleSandbox
import WaggleValues

@Suite("A body of the wrong shape")
struct WrongBodyTests {
  private static let operations = Catalogue.beeOS.groups
    .flatMap { Catalogue.beeOS.operations(of: $0) }.filter { !$0.body.isEmpty }

  private static func request(_ operation: Operation, _ body: [UInt8]) -> WireRequest {
    // What is asked of does not matter: a body is judged before anybody looks whose it is.
    var path = operation.path
    for id in operation.pathParameters {
      let value = id.form == .uuid ? "0b9f6d0e-7a51-4e0b-9c37-5f7f6b1f2a10" : "nobody"
      path = path.split(separator: "{\(id.name)}", omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return WireRequest(
      method: operation.method, path: path, headers: [("idempotency-key", "k")], body: body)
  }

  @Test("is refused in the contract's envelope, in process and over HTTP alike")
  func refused() throws {
    var count = 0
    try Twins.open(instances: 3) { twins in
      for operation in Self.operations {
        let bodies = WrongBody.all(for: operation)
        count += bodies.count
        let answers = try twins.ask(bodies.map { Self.request(operation, $0.bytes) })
        for (body, answer) in zip(bodies, answers) {
          let param = body.param.map { #""param":"\#($0)""# } ?? ""
          let isRight =
            answer.hasPrefix(#"400 {"success":false,"error":{"type":""#)
            && answer.contains(#""code":"\#(body.code)""#) && answer.contains(param)
          #expect(isRight, "\(operation.id), \(body.what): \(answer)")
        }
      }
    }
    #expect(Self.operations.count == 31)
    #expect(count > 900)
  }

  @Test("what the contract does not know is passed over where it does not say otherwise")
  func passedOver() throws {
    let open = Self.operations.filter { !$0.isBodyClosed && $0.rules.isEmpty }
    try Twins.open(instances: 3) { twins in
      for operation in open {
        let fields = operation.body.filter(\.isRequired).map(\.name)
        guard fields.isEmpty else { continue }
        let answer = try twins.ask([Self.request(operation, Array(#"{"nonesuch":1}"#.utf8))])
        #expect(answer.first?.hasPrefix("404 ") == true, "\(operation.id): \(answer)")
      }
    }
  }
}

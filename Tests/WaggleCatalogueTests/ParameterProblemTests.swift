import Testing
import WaggleValues

@testable import WaggleCatalogue

@Suite struct ParameterProblemTests {
  private let deploy = Catalogue.beeOS.operation(id: "deployInstance")
  private let list = Catalogue.beeOS.operation(id: "listInstances")
  private let get = Catalogue.beeOS.operation(id: "getInstance")

  /// Every text of a deployment with its most code points; a bee counts as one and has four bytes.
  static let mostCharacters = [
    ("variantId", 128), ("agentFramework", 64), ("providerId", 64), ("name", 128),
    ("modelPrimary", 128), ("systemPrompt", 8192), ("bridgeId", 128), ("clusterId", 128),
    ("preferredRegion", 64),
  ]

  @Test("a text may have its most code points and not one more", arguments: mostCharacters)
  func lengths(field: String, most: Int) throws {
    let parameter = try #require(deploy?.parameter(named: field))
    #expect(parameter.problem(with: .text(String(repeating: "🐝", count: most))) == nil)
    #expect(parameter.problem(with: .text("")) == nil)
    let problem = parameter.problem(with: .text(String(repeating: "🐝", count: most + 1)))
    #expect(
      problem?.message
        == "`\(field)` must be at most \(most) characters long, but has \(most + 1) characters")
  }

  @Test("an id has 1 to 128 code points and is no step in a path")
  func ids() throws {
    let get = try #require(get)
    func message(_ id: String) -> String? { Call(get, path: [id]).problems.first?.message }
    #expect(message("x") == nil)
    #expect(message(String(repeating: "é", count: 128)) == nil)
    #expect(message("...") == nil)
    #expect(message("") == "`id` must be 1 to 128 characters long, but has 0 characters")
    #expect(
      message(String(repeating: "x", count: 129))
        == "`id` must be 1 to 128 characters long, but has 129 characters")
    #expect(message("..") == "`id` must be an id, but is `..`, which is a step in a path")
    #expect(message(".") == "`id` must be an id, but is `.`, which is a step in a path")
    #expect(
      Call(get, path: []).problems.map(\.message) == ["the path must have 1 id, but has 0"])
  }

  @Test("a number stays within its range")
  func ranges() throws {
    let size = try #require(list?.parameter(named: "page-size"))
    let page = try #require(list?.parameter(named: "page"))
    #expect(size.problem(with: .int(0)) == nil)
    #expect(size.problem(with: .int(200)) == nil)
    #expect(
      size.problem(with: .int(201))?.message == "`pageSize` must be from 0 to 200, but is 201")
    #expect(size.problem(with: .int(-1))?.message == "`pageSize` must be from 0 to 200, but is -1")
    #expect(page.problem(with: .int(2_147_483_647)) == nil)
    #expect(
      page.problem(with: .int(-1))?.message == "`page` must be from 0 to 2147483647, but is -1")
    #expect(
      size.problem(with: .float(1.5))?.message == "`pageSize` must be an int, but is a float")
  }

  @Test("a number beyond 64 bits is out of range, not a crash")
  func hugeNumber() throws {
    let page = try #require(list?.parameter(named: "page"))
    var reader = JSONReader()
    let value = try reader.read("99999999999999999999")
    #expect(
      page.problem(with: value)?.message
        == "`page` must be from 0 to 2147483647, but is 99999999999999999999")
  }

  @Test("a value of another kind is named as what it is")
  func kinds() throws {
    let deploy = try #require(deploy)
    func message(_ field: String, _ value: Value) -> String? {
      deploy.parameter(named: field)?.problem(with: value)?.message
    }
    #expect(message("name", .int(42)) == "`name` must be a text, but is an int")
    #expect(message("name", .null) == "`name` must be given a value or left out, but is null")
    #expect(message("name", .secret(Secret("s"))) == nil)
    #expect(message("config", .text("{}")) == "`config` must be a record, but is a text")
    #expect(message("config", .record(Record())) == nil)
    #expect(message("models", .text("gpt")) == "`models` must be a list of text, but is a text")
    #expect(message("models", .list(List())) == nil)
    let mixed = try List([.text("a"), .int(2)])
    #expect(
      message("models", .list(mixed)) == "element 2 of `models` must be a text, but is an int")
    let long = List(texts: ["a", "b", String(repeating: "m", count: 129)])
    #expect(
      message("models", .list(long))
        == "element 3 of `models` must be at most 128 characters long, but has 129 characters")
  }

  @Test("an open choice takes a new value, a closed one does not")
  func choices() throws {
    let status = try #require(list?.parameter(named: "status"))
    #expect(status.problem(with: .text("hibernating")) == nil)
    let closed = Parameter("state", .choice(["active", "all"], open: false), help: "")
    #expect(closed.problem(with: .text("all")) == nil)
    #expect(
      closed.problem(with: .text("al"))?.message
        == "`state` must be one of active, all, but is `al`")
  }

  @Test("what is missing, unknown or against the rules is said all at once")
  func wholeCalls() throws {
    let deploy = try #require(deploy)
    func messages(_ json: String) throws -> [String] {
      var reader = JSONReader()
      guard case .record(let body) = try reader.read(json) else { return ["no record"] }
      return Call(deploy, body: body).problems.map(\.message)
    }
    #expect(try messages(#"{"name":"a","variantId":"v"}"#) == [])
    #expect(try messages(#"{"name":"a","agentFramework":"f","providerId":"p"}"#) == [])
    #expect(
      try messages(#"{"name":"a"}"#) == ["`variantId` or `agentFramework` must be given"])
    #expect(
      try messages("{}") == [
        "`name` must be given", "`variantId` or `agentFramework` must be given",
      ])
    let unknown = try messages(#"{"name":"a","variantId":"v","nmae":1}"#)
    #expect(unknown.count == 1)
    #expect(
      unknown.first?.hasPrefix("`nmae` must be an option of the operation (variantId, ") == true)
    #expect(Call(deploy).problems.map(\.code) == ["missing_param", "missing_param"])
  }

  @Test("a body may have 65,536 bytes and not one more")
  func bodySize() throws {
    let deploy = try #require(deploy)
    let frame = #"{"name":"a","variantId":"v","config":{"x":""}}"#.utf8.count
    func problems(_ bytes: Int) throws -> [String] {
      let config = try Record([("x", .text(String(repeating: "x", count: bytes - frame)))])
      let body = try Record([
        ("name", .text("a")), ("variantId", .text("v")), ("config", .record(config)),
      ])
      return Call(deploy, body: body).problems.map(\.message)
    }
    #expect(try problems(65_536) == [])
    #expect(
      try problems(65_537) == ["the body must be at most 65536 bytes of JSON, but has 65537"])
  }

  @Test("a call that must not be sent is held back with every reason")
  func heldBack() throws {
    let deploy = try #require(deploy)
    let fault = try #require(throws: CallFault.self) { try Call(deploy).validate() }
    #expect(fault.cause == .heldBack)
    #expect(fault.operation == "deployInstance")
    #expect(fault.code == "missing_param")
    #expect(fault.parameter == "name")
    #expect(!fault.isOutcomeUnknown)
    #expect(
      fault.message == "`name` must be given; `variantId` or `agentFramework` must be given")
  }
}

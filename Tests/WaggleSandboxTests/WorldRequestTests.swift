import Testing
import WaggleCatalogue
import WaggleValues

@testable import WaggleSandbox

@Suite struct WorldRequestTests {
  private let visitor = Visitor()

  /// A method, a path and what the world says of it.
  static let judgedRequests: [(String, String, String)] = [
    ("GET", "/api/v1/instances", "200"),
    ("GET", "/api/v1/instances/instance_1", "200"),
    ("GET", "/api/v1/instances/instance%5F1", "200"),
    ("GET", "/api/v1/instances/instance_1/device/info", "200"),
    ("GET", "/api/v1/instances/instance_0", "404 not_found_error agent_not_found"),
    ("GET", "/api/v1/instances/instance_25", "404 not_found_error agent_not_found"),
    ("GET", "/api/v1/instances/instance_01", "404 not_found_error agent_not_found"),
    (
      "GET", "/api/v1/instances/instance_-9223372036854775808",
      "404 not_found_error agent_not_found"
    ),
    ("POST", "/api/v1/instances/nobody/start", "404 not_found_error agent_not_found"),
    ("DELETE", "/api/v1/instances/nobody", "404 not_found_error agent_not_found"),
    ("GET", "/api/v1/instances/a%2Fb", "404 not_found_error agent_not_found"),
    ("GET", "/api/v1/instances/%zz", "400 validation_error invalid_param id"),
    ("GET", "/api/v1/instances/%FF", "400 validation_error invalid_param id"),
    ("GET", "/api/v1/instances/%4", "400 validation_error invalid_param id"),
    ("GET", "/api/v1/instances/", "404 not_found_error not_found"),
    ("GET", "/api/v1/instances//start", "404 not_found_error not_found"),
    ("GET", "/api/v1/bees", "404 not_found_error not_found"),
    ("GET", "/", "404 not_found_error not_found"),
    ("GET", "", "404 not_found_error not_found"),
    ("PUT", "/api/v1/instances", "404 not_found_error not_found"),
    ("GET", "/api/v1/instances/instance_1/start", "404 not_found_error not_found"),
    ("get", "/api/v1/instances", "404 not_found_error not_found"),
  ]

  @Test("a request is answered by what its method and path say", arguments: judgedRequests)
  func routes(method: String, path: String, verdict: String) throws {
    #expect(try visitor.verdict(method, path) == verdict)
  }

  @Test("a path's id may have 128 code points and not one more")
  func idLength() throws {
    let path = "/api/v1/instances/"
    let most = String(repeating: "%C3%A9", count: 128)
    #expect(try visitor.verdict("GET", path + most) == "404 not_found_error agent_not_found")
    #expect(
      try visitor.verdict("GET", path + most + "e") == "400 validation_error invalid_param id")
  }

  @Test("credentials are judged before anything but the route")
  func credentials() throws {
    let cases: [([(name: String, value: String)], String)] = [
      ([], "401 authentication_error unauthorized"),
      ([("authorization", "")], "401 authentication_error missing_token"),
      ([("authorization", "Bearer ")], "401 authentication_error missing_token"),
      ([("authorization", "Basic eDp5")], "401 authentication_error unauthorized"),
      ([("authorization", "Bearer oag_x")], "401 authentication_error invalid_token"),
      (
        [("authorization", "Bearer \(visitor.world.key) x")],
        "401 authentication_error invalid_token"
      ),
      (
        [("authorization", "bearer  \(visitor.world.key)")],
        "400 validation_error missing_param name"
      ),
    ]
    for (headers, verdict) in cases {
      #expect(
        try visitor.verdict("POST", "/api/v1/instances", body: "{}", headers: headers) == verdict)
    }
    #expect(try visitor.verdict("GET", "/x", headers: []) == "404 not_found_error not_found")
    #expect(visitor.world.key.utf8.count == 68)
  }

  /// A query of a list and what the world says of it.
  static let judgedQueries: [(String, String)] = [
    ("page=0&pageSize=200", "200"), ("pageSize=0", "200"), ("page=2147483647", "200"),
    ("pageSize=201", "400 validation_error invalid_param pageSize"),
    ("pageSize=-1", "400 validation_error invalid_param pageSize"),
    ("page=-1", "400 validation_error invalid_param page"),
    ("page=2147483648", "400 validation_error invalid_param page"),
    ("page=99999999999999999999", "400 validation_error invalid_param page"),
    ("page=1.0", "400 validation_error invalid_param page"),
    ("page=", "400 validation_error invalid_param page"),
    ("page=x", "400 validation_error invalid_param page"),
    ("page=+1", "400 validation_error invalid_param page"),
    ("search=%zz", "400 validation_error invalid_param search"),
    ("page=x&page=1", "400 validation_error invalid_param page"),
    ("colour=%zz&&=&x", "200"),
  ]

  @Test(
    "a query is judged by the catalogue's ranges, unknown parameters ignored",
    arguments: judgedQueries)
  func queries(query: String, verdict: String) throws {
    #expect(try visitor.verdict("GET", "/api/v1/instances", query: query) == verdict)
  }

  /// A body of a deployment and what the world says of it.
  static let judgedBodies: [(String, String)] = [
    (#"{"name":"a","variantId":"scout-standard"}"#, "201"),
    (#" {"variantId":"scout-standard","name":"","new":[1]} "#, "201"),
    (#"{"name":"a","agentFramework":"hermes"}"#, "201"),
    (#"{"name":"a","agentFramework":"hermes","providerId":"apiary"}"#, "201"),
    (#"{"name":"x","name":"a","variantId":"scout-standard"}"#, "201"),
    (#"{"name":"a","agentFramework":"nope","variantId":"scout-standard"}"#, "201"),
    ("", "400 invalid_request_error invalid_json"),
    ("{", "400 invalid_request_error invalid_json"),
    (#"{"name":"a","variantId":"scout-standard"} x"#, "400 invalid_request_error invalid_json"),
    (#"{"name":01}"#, "400 invalid_request_error invalid_json"),
    ("null", "400 validation_error invalid_body"),
    ("[]", "400 validation_error invalid_body"),
    (#""name""#, "400 validation_error invalid_body"),
    ("{}", "400 validation_error missing_param name"),
    (#"{"variantId":"scout-standard"}"#, "400 validation_error missing_param name"),
    (#"{"name":"a"}"#, "400 validation_error missing_param variantId"),
    (#"{"name":"a","providerId":"apiary"}"#, "400 validation_error missing_param variantId"),
    (#"{"name":7,"variantId":"scout-standard"}"#, "400 validation_error invalid_param name"),
    (#"{"name":null,"variantId":"scout-standard"}"#, "400 validation_error invalid_param name"),
    (#"{"name":"a","variantId":null}"#, "400 validation_error invalid_param variantId"),
    (
      #"{"name":"a","variantId":"scout-standard","models":"m"}"#,
      "400 validation_error invalid_param models"
    ),
    (
      #"{"name":"a","variantId":"scout-standard","models":["m",1]}"#,
      "400 validation_error invalid_param models"
    ),
    (
      #"{"name":"a","variantId":"scout-standard","config":[]}"#,
      "400 validation_error invalid_param config"
    ),
    (#"{"name":"a","variantId":"scout"}"#, "400 invalid_request_error invalid_param variantId"),
    (
      #"{"name":"a","agentFramework":"x"}"#,
      "400 invalid_request_error invalid_param agentFramework"
    ),
    (
      #"{"name":"a","agentFramework":"hermes","providerId":"x"}"#,
      "400 invalid_request_error invalid_param providerId"
    ),
    (
      #"{"name":"a","variantId":"scout-standard","preferredRegion":"mars"}"#,
      "400 invalid_request_error invalid_param preferredRegion"
    ),
    (
      #"{"name":"a","variantId":"scout-standard","preferredRegion":"us-west-2"}"#,
      "409 conflict_error conflict"
    ),
  ]

  @Test("a deployment's body is judged field by field", arguments: judgedBodies)
  func bodies(body: String, verdict: String) throws {
    #expect(try visitor.verdict("POST", "/api/v1/instances", body: body) == verdict)
  }

  @Test(
    "a deployment's text may have its most code points and not one more",
    arguments: [
      ("name", 128), ("modelPrimary", 128), ("systemPrompt", 8192), ("bridgeId", 128),
      ("clusterId", 128),
    ])
  func lengths(field: String, most: Int) throws {
    func verdict(_ count: Int) throws -> String {
      let text = String(repeating: "é", count: count)
      let name = field == "name" ? "" : #""name":"a","#
      let body = #"{\#(name)"variantId":"scout-standard","\#(field)":"\#(text)"}"#
      return try visitor.verdict("POST", "/api/v1/instances", body: body)
    }
    #expect(try verdict(most) == "201")
    #expect(try verdict(most + 1) == "400 validation_error invalid_param \(field)")
  }

  @Test(
    "a name that must be known is judged by its length first",
    arguments: [
      ("variantId", 128), ("agentFramework", 64), ("providerId", 64), ("preferredRegion", 64),
    ])
  func lengthsOfKnown(field: String, most: Int) throws {
    func verdict(_ count: Int) throws -> String {
      let text = String(repeating: "é", count: count)
      let framework = field == "agentFramework" ? "" : #""agentFramework":"hermes","#
      let body = #"{"name":"a",\#(framework)"\#(field)":"\#(text)"}"#
      return try visitor.verdict("POST", "/api/v1/instances", body: body)
    }
    #expect(try verdict(most) == "400 invalid_request_error invalid_param \(field)")
    #expect(try verdict(most + 1) == "400 validation_error invalid_param \(field)")
  }

  @Test("a model's name in a list may have 128 code points and not one more")
  func modelLengths() throws {
    func verdict(_ count: Int) throws -> String {
      let text = String(repeating: "m", count: count)
      let body = #"{"name":"a","variantId":"scout-standard","models":["x","\#(text)"]}"#
      return try visitor.verdict("POST", "/api/v1/instances", body: body)
    }
    #expect(try verdict(128) == "201")
    #expect(try verdict(129) == "400 validation_error invalid_param models")
  }

  @Test("a body may have 65,536 bytes and not one more, before it is read as JSON")
  func bodySize() throws {
    let frame = #"{"name":"a","variantId":"scout-standard","config":{"x":""}}"#
    func verdict(_ bytes: Int) throws -> String {
      let filler = String(repeating: "x", count: bytes - frame.utf8.count)
      let body = #"{"name":"a","variantId":"scout-standard","config":{"x":"\#(filler)"}}"#
      return try visitor.verdict("POST", "/api/v1/instances", body: body)
    }
    #expect(try verdict(65_536) == "201")
    #expect(try verdict(65_537) == "413 invalid_request_error payload_too_large")
    let noJSON = String(repeating: "{", count: 65_537)
    #expect(
      try visitor.verdict("POST", "/api/v1/instances/instance_1/start", body: noJSON)
        == "413 invalid_request_error payload_too_large")
  }

  @Test("a body nested without end is refused, not crashed on")
  func depth() throws {
    let body = String(repeating: "[", count: 60_000)
    #expect(
      try visitor.verdict("POST", "/api/v1/instances", body: body)
        == "400 invalid_request_error invalid_json")
  }

  @Test("a refusal has the contract's envelope, its request id in body and header")
  func envelope() throws {
    let response = try #require(visitor.raw("GET", "/api/v1/instances/nobody"))
    let id = try #require(response.header("x-request-id"))
    #expect(id.hasPrefix("req_") && id.utf8.count == 20)
    #expect(
      String(decoding: response.body, as: UTF8.self) == """
        {"success":false,"error":{"type":"not_found_error","code":"agent_not_found",\
        "message":"instance nobody not found","request_id":"\(id)"}}
        """)
    #expect(response.header("content-type") == "application/json")
    #expect(response.header("content-length") == String(response.body.count))
  }

  @Test("what a client wrote comes back escaped")
  func escapes() throws {
    let (_, json) = try visitor.ask("GET", "/api/v1/instances/%22%00%5C%1B")
    #expect(json["error"]?["message"]?.plainText == "instance \"\u{0}\\\u{1B} not found")
  }

  @Test("requests that say the same have ids of their own")
  func requestIDs() throws {
    let ids = (0..<5).compactMap { _ in
      visitor.raw("GET", "/api/v1/instances")?.header("x-request-id")
    }
    #expect(Set(ids).count == 5)
  }
}

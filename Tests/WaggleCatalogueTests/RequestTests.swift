import Testing
import WaggleTime
import WaggleValues

@testable import WaggleCatalogue

@Suite("Requests of any method and path")
struct RequestTests {
  @Test("a method says what a request may change")
  func effects() throws {
    let effects = WaggleCatalogue.Operation.methods.map {
      WaggleCatalogue.Operation.request($0)?.effect
    }
    #expect(effects == [.read, .change, .change, .change, .destroy])
    #expect(WaggleCatalogue.Operation.request("get") == nil)
    #expect(WaggleCatalogue.Operation.request("TRACE") == nil)
  }

  @Test("a path goes out as it is, with its query")
  func wire() throws {
    let operation = try #require(WaggleCatalogue.Operation.request("POST"))
    let body = try Record([("a", .int(1))])
    let request = Call(operation, path: ["/api/v2/x%20y/z?q=a%26b&c"], body: body).wireRequest()
    #expect(request.method == "POST")
    #expect(request.path == "/api/v2/x%20y/z")
    #expect(request.query == "q=a%26b&c")
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"a":1}"#)
    try Call(operation, path: ["/x"], body: body).validate()
  }

  @Test(
    "a path that leads elsewhere or cannot be sent is refused",
    arguments: [
      "", "x", "//evil.example/x", "https://evil.example/x", "/a b", "/a\nb", "/a\r\nHost: x", "/ä",
      "/a#b", "/a/../b", "/a/%2E%2e/b", "/./a", "/a%zz", "/a%2", "/a\\b", "/{id}", "/a|b", "/a\0",
    ])
  func refused(_ path: String) throws {
    let operation = try #require(WaggleCatalogue.Operation.request("GET"))
    #expect(throws: CallFault.self) { try Call(operation, path: [path]).validate() }
  }

  @Test("the answer comes out of its envelope, where it has one, else as it is")
  func answers() throws {
    func data(_ body: String, status: Int = 200) throws -> String {
      let call = Call(try #require(WaggleCatalogue.Operation.request("GET")), path: ["/x"])
      let response = WireResponse(status: status, body: Array(body.utf8))
      return try Reply(decoding: response, of: call, at: Instant(nanoseconds: 0)).data.json()
    }
    #expect(try data(#"{"success":true,"data":[1],"total":1}"#) == "[1]")
    #expect(try data(#"{"status":"ok"}"#) == #"{"status":"ok"}"#)
    #expect(try data(#"{"success":true}"#) == #"{"success":true}"#)
    #expect(try data("[1,2]") == "[1,2]")
    #expect(try data("", status: 204) == "null")
    let error = #"{"success":false,"error":{"code":"x","message":"y"}}"#
    #expect(throws: CallFault.self) { try data(error) }
    #expect(throws: CallFault.self) { try data("<html>") }
  }
}

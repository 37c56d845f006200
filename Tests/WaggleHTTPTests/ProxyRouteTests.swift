import Testing
import WaggleCatalogue

@testable import WaggleHTTP

@Suite("The proxy that the environment names")
struct ProxyRouteTests {
  private func route(
    _ environment: [String: String], to endpoint: String = "https://api.example.com"
  ) throws -> ProxyRoute? {
    try ProxyRoute.choose(for: Endpoint(endpoint, from: "X"), environment: { environment[$0] })
  }

  @Test(
    "is read from the first variable that is set",
    arguments: [
      (["HTTPS_PROXY": "http://p:3128"], "p", 3_128, nil, false),
      (["https_proxy": "p:3128", "HTTPS_PROXY": "http://q"], "p", 3_128, nil, false),
      (["https_proxy": "", "HTTPS_PROXY": "q/"], "q", 80, nil, false),
      (["ALL_PROXY": "socks5://p"], "p", 1_080, nil, true),
      (["HTTPS_PROXY": "http://me:p%40ss@p:1"], "p", 1, "me:p@ss", false),
      (["HTTPS_PROXY": "http://[::1]:3128"], "::1", 3_128, nil, false),
    ] as [([String: String], String, Int, String?, Bool)])
  func reads(
    environment: [String: String], host: String, port: Int, credentials: String?, isSOCKS: Bool
  ) throws {
    let route = try #require(try route(environment))
    #expect(route.host == host)
    #expect(route.port == port)
    #expect(route.credentials == credentials)
    #expect(route.isSOCKS == isSOCKS)
  }

  @Test(
    "is passed by for what NO_PROXY names",
    arguments: [
      ("*", true), ("example.com", true), (".example.com", true), ("*.example.com", true),
      ("other, api.example.com", true), ("api.example.com:443", true), ("API.Example.COM", true),
      ("api.example.com:8443", false), ("ample.com", false), ("www.api.example.com", false),
      ("", false),
    ])
  func exceptions(list: String, isDirect: Bool) throws {
    let route = try route(["HTTPS_PROXY": "http://p:1", "NO_PROXY": list])
    #expect((route == nil) == isDirect)
  }

  @Test("never stands before this machine", arguments: ["http://127.0.0.1:1", "https://localhost"])
  func loopback(endpoint: String) throws {
    let environment = ["HTTPS_PROXY": "http://p:1", "HTTP_PROXY": "http://p:1"]
    #expect(try route(environment, to: endpoint) == nil)
  }

  @Test(
    "is refused without showing a password",
    arguments: ["http://me:secret@", "http://me:secret%zz@p", "http://p:x", "https//me:secret@p q"])
  func refused(text: String) {
    let fault = #expect(throws: SetupFault.self) { try route(["HTTPS_PROXY": text]) }
    #expect(fault?.message == "HTTPS_PROXY must be the address of a proxy")
  }

  @Test("is named where it does not listen")
  func closed() throws {
    let caller = try Caller(
      endpoint: Endpoint("https://api.example.com", from: "X"),
      environment: ["HTTPS_PROXY": "http://127.0.0.1:1"])
    let fault = try #require(caller.fault(Caller.change))
    #expect(fault.code == "connection_refused")
    #expect(fault.message == "nothing listens at the proxy 127.0.0.1:1 of HTTPS_PROXY")
  }

  @Test("gives its refusal as a fault, and never sees the key")
  func connect() throws {
    let proxy = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
      peer.hold()
    }
    let caller = try Caller(
      endpoint: Endpoint("https://api.example.com", from: "X"),
      environment: ["HTTPS_PROXY": "http://me:pw@127.0.0.1:\(proxy.port)"])
    let fault = try #require(caller.fault(Caller.change))
    #expect(fault.code == "proxy_refused")
    #expect(!fault.isOutcomeUnknown)
    let request = try #require(proxy.requests.first)
    #expect(request.hasPrefix("CONNECT api.example.com:443 HTTP/1.1\r\n"))
    #expect(request.contains("Basic bWU6cHc="))
    #expect(!request.contains("oag_"))
  }
}

import Testing
import WaggleCatalogue

@testable import WaggleHTTP

@Suite("An encrypted connection")
struct HTTPSecurityTests {
  @Test("to a server whose certificate nobody vouches for is refused")
  func unknownRoot() throws {
    let server = try SecureServer(certifiedFor: "127.0.0.1")
    let fault = try #require(
      try Caller(port: server.port, scheme: "https").fault(Caller.change))
    #expect(fault.cause == .unreachable)
    #expect(fault.code == "certificate_invalid")
    #expect(!fault.isOutcomeUnknown)
    #expect(server.requests == 0)
  }

  @Test("to a server whose root SSL_CERT_FILE names is made")
  func ownRoot() throws {
    let server = try SecureServer(certifiedFor: "127.0.0.1")
    let caller = try Caller(
      port: server.port, scheme: "https", environment: ["SSL_CERT_FILE": server.certificateFile])
    #expect(try caller.exchange().get().status == 200)
    #expect(server.requests == 1)
  }

  @Test("is HTTP/2 where the server offers it, and HTTP/1.1 elsewhere", arguments: [true, false])
  func protocols(offersHTTP2: Bool) throws {
    let server = try SecureServer(certifiedFor: "127.0.0.1", offersHTTP2: offersHTTP2)
    let caller = try Caller(
      port: server.port, scheme: "https", environment: ["SSL_CERT_FILE": server.certificateFile])
    #expect(try caller.exchange().get().status == 200)
    #expect(try caller.exchange(Caller.change, body: "{}").get().status == 200)
    #expect(server.versions == (offersHTTP2 ? [2, 2] : [1, 1]))
  }

  @Test("to a server certified for another host is refused")
  func otherHost() throws {
    let server = try SecureServer(certifiedFor: "127.0.0.2")
    let caller = try Caller(
      port: server.port, scheme: "https", environment: ["SSL_CERT_FILE": server.certificateFile])
    #expect(caller.fault()?.code == "certificate_invalid")
    #expect(server.requests == 0)
  }

  @Test(
    "needs roots that can be read", arguments: ["/dev/null", "/etc/passwd"])
  func unreadableRoots(file: String) throws {
    let server = try SecureServer(certifiedFor: "127.0.0.1")
    let caller = try Caller(
      port: server.port, scheme: "https", environment: ["SSL_CERT_FILE": file])
    let fault = try #require(caller.fault())
    #expect(["certificates_unreadable", "certificate_invalid"].contains(fault.code))
    #expect(server.requests == 0)
  }

  @Test("is not set up with roots that are not there", arguments: ["/nowhere/roots.pem", "/etc"])
  func missingRoots(file: String) throws {
    #expect {
      try Caller(port: 443, scheme: "https", environment: ["SSL_CERT_FILE": file])
    } throws: { error in
      (error as? SetupFault)?.message
        == "SSL_CERT_FILE must name a file of certificates, but `\(file)` cannot be read"
    }
  }

  @Test("to a server that does not speak TLS is a fault that says so")
  func plainServer() throws {
    let server = LoopbackServer { peer in
      peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
      peer.hold()
    }
    let fault = try #require(
      try Caller(port: server.port, scheme: "https").fault(Caller.change))
    #expect(fault.cause == .unreachable)
    #expect(fault.code == "connect_failed")
    #expect(fault.message.hasSuffix("it may not speak TLS there"))
  }

  @Test("that hangs in its handshake is given up on")
  func hangs() throws {
    let server = LoopbackServer { $0.hold() }
    var limits = HTTPLimits.short
    limits.connect = 200_000_000
    let caller = try Caller(port: server.port, scheme: "https", limits: limits)
    let fault = try #require(caller.fault(Caller.change))
    #expect(fault.code == "connect_timeout")
    #expect(fault.message.hasSuffix("could not be reached within 200 ms"))
    #expect(!fault.isOutcomeUnknown)
  }
}

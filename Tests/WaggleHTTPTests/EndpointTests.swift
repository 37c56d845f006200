import Testing

@testable import WaggleHTTP

@Suite("The address of an API")
struct EndpointTests {
  @Test(
    "is read into an origin and a prefix",
    arguments: [
      ("https://openapi.beeos.ai", "https://openapi.beeos.ai", ""),
      ("HTTPS://OpenAPI.BeeOS.ai/", "https://openapi.beeos.ai", ""),
      ("https://bees.example:8443/gate/v2/", "https://bees.example:8443", "/gate/v2"),
      ("https://bees.example:443", "https://bees.example", ""),
      ("http://localhost:8095", "http://localhost:8095", ""),
      ("http://127.0.0.1", "http://127.0.0.1", ""),
      ("http://127.8.9.10:80", "http://127.8.9.10", ""),
      ("http://[::1]:8095", "http://[::1]:8095", ""),
      ("https://[2001:DB8::5]", "https://[2001:db8::5]", ""),
    ])
  func reads(text: String, origin: String, prefix: String) throws {
    let endpoint = try Endpoint(text, from: "BEEOS_API_URL")
    #expect(endpoint.origin == origin)
    #expect(endpoint.prefix == prefix)
  }

  @Test(
    "is refused with what is wrong",
    arguments: [
      ("", "X must be an address, but is ``"),
      ("openapi.beeos.ai", "X must be an address, but is `openapi.beeos.ai`"),
      ("ftp://a", "X must begin with https://, but begins with `ftp://`"),
      ("https://", "X names no host"), ("https:///api", "X names no host"),
      ("https://a b", "X must name a host, but names `a b`"),
      ("https://bücher.example", "X must name a host, but names `bücher.example`"),
      ("https://-a", "X must name a host, but names `-a`"),
      ("https://a..b", "X must name a host, but names `a..b`"),
      ("https://[::1", "X must name a host, but names `[::1`"),
      ("https://[zz]", "X must name a host, but names `zz`"),
      ("https://a\u{1B}[2J", "X must name a host, but names `a·[2J`"),
      ("https://a:0", "the port of X must be a number from 1 to 65535, but is `0`"),
      ("https://a:65536", "the port of X must be a number from 1 to 65535, but is `65536`"),
      ("https://a:", "the port of X must be a number from 1 to 65535, but is ``"),
      ("https://a:+1", "the port of X must be a number from 1 to 65535, but is `+1`"),
      ("https://[::1]8", "the port of X must be a number from 1 to 65535, but is ``"),
      ("https://a/b c", "the path of X must be plain segments, but is `/b c`"),
      ("https://a/../b", "the path of X must be plain segments, but is `/../b`"),
      ("https://a//b", "the path of X must be plain segments, but is `//b`"),
      ("https://a/?x=1", "the path of X must be plain segments, but is `/?x=1`"),
      ("https://a/api/v1/", "X must not end with /api/v1"),
      ("https://me:secret@a", "X must not hold a user name or a password"),
      (
        "http://10.0.0.1",
        "X would send the key to `10.0.0.1` unencrypted: it must begin with https://"
      ),
    ])
  func refuses(text: String, message: String) {
    let fault = #expect(throws: SetupFault.self) { try Endpoint(text, from: "X") }
    #expect(fault?.message == message)
  }

  @Test(
    "is refused in plain http for any other machine",
    arguments: [
      "http://openapi.beeos.ai", "http://10.0.0.1:8095", "http://localhost.example",
      "http://127.0.0.1.example", "http://127.1", "http://[::2]", "http://[::ffff:127.0.0.1]",
      "http://localhost.",
    ])
  func plain(text: String) {
    #expect(throws: SetupFault.self) { try Endpoint(text, from: "--api-url") }
  }
}

import Testing

@testable import WaggleHost

@Suite("a line that holds a secret is known")
struct SecretScanTests {
  @Test(
    "by a literal in a place for secrets, by its form, or because it is known",
    arguments: [
      "let k = secret \"abc\"", "secret abc", "deploy --config {apiKeys: {x: \"sk\"}}",
      "deploy --api-key abc", "deploy --api-key=abc", "let r = {password: \"x\"}",
      "let token = \"x\"", "let r = {token : \"x\"}", "print oag_0123456789abcdef0123",
      "print \"oag_0123456789abcdef0123\"", "call GET /x --authorization \"Bearer abc\"",
      "print quietquiet", "print \"a quietquiet b\"",
    ])
  func secret(line: String) {
    #expect(SecretScan(known: ["quietquiet"]).holdsSecret(line))
  }

  @Test(
    "variables, commands and other words are no secrets",
    arguments: [
      "let k = secret $env.KEY", "deploy --api-key $key", "let r = {password: $p}", "print token",
      "let token = ($r).token", "bees | sort key", "print \"the key is lost\"", "secret",
      "print quie", "$r.password", "let keys = ($r | map id)", "print oag_short",
    ])
  func harmless(line: String) {
    #expect(!SecretScan(known: ["quietquiet", "short"]).holdsSecret(line))
  }
}

import Testing
import WaggleValues

@testable import WaggleHost

/// What reads like a key is found wherever it stands, and known secrets too.
@Suite struct SecretVaultTests {
  private static let key = "oag_0123456789abcdef0123456789abcdef"

  @Test(
    "keys and tokens are masked by their form",
    arguments: [
      ("Bearer \(key)", "Bearer ••••"), ("\"\(key)\"", "\"••••\""),
      ("\(key), \(key)", "••••, ••••"),
      ("a eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl z", "a •••• z"),
      ("oag_01234567… is one", "oag_01234567… is one"),
      ("xoag_0123456789abcdef01", "xoag_0123456789abcdef01"), ("eyJhbGciOi.eyJ", "eyJhbGciOi.eyJ"),
      ("sk-proj-0123456789abcdef", "••••"), ("", ""),
      ("risk-0123456789abcdefgh", "risk-0123456789abcdefgh"),
    ])
  func forms(text: String, masked: String) {
    #expect(SecretVault().clean(text) == masked)
  }

  @Test("what was met is masked, the longer one first, and what is short is not looked for")
  func known() {
    let vault = SecretVault()
    for secret in ["quiet words", "quiet words of mine", "short"] { vault.learn(Secret(secret)) }
    #expect(vault.clean("<quiet words of mine> <quiet words> short") == "<••••> <••••> short")
  }
}

import Testing
import WaggleValues

@testable import WaggleFormats

/// Filling values into texts, and rounding by digits.
struct TemplateTests {
  @Test(
    "a number is rounded by its digits, halves away from zero",
    arguments: [
      ("2.675", 2, "2.68"), ("2.674", 2, "2.67"), ("-2.675", 2, "-2.68"), ("0.5", 0, "1"),
      ("-0.4", 0, "0"), ("9.999", 2, "10.00"), ("999", 1, "999.0"), ("0.05", 1, "0.1"),
      ("1e3", 1, "1000.0"), ("1.5e-3", 3, "0.002"), ("12e-1", 0, "1"), ("0", 2, "0.00"),
      ("1E+2", 0, "100"), ("0.0004", 3, "0.000"),
    ])
  func rounding(_ spelling: String, _ decimals: Int, _ expected: String) {
    #expect(Decimals(spelling)?.rounded(to: decimals) == expected)
  }

  @Test("rounding agrees with a double wherever a double is exact")
  func roundingAgrees() {
    for number in stride(from: -2_000, through: 2_000, by: 7) {
      let double = Double(number) / 8
      let expected = (double.magnitude * 100 + 0.5).rounded(.down) / 100
      let text = Decimals(double.description)?.rounded(to: 2) ?? ""
      #expect(Double(text)?.magnitude == expected, "\(double)")
    }
  }

  @Test("an exponent without measure is refused, not written out")
  func largeExponent() { #expect(Decimals("1e100000") == nil) }

  @Test(
    "what is no template says why",
    arguments: ["{", "}", "{a", "a}", "{a:x}", "{a b}", "{a..b}", "{:<05}", "{:1001}", "{:5.}"])
  func mistakes(_ text: String) {
    #expect(throws: TemplateError.self) { try Template(text) }
  }
}

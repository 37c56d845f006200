import Testing
import WaggleTime

@testable import WaggleCatalogue

@Suite struct HTTPDateTests {
  private let now = Instant(nanoseconds: 1_778_781_600_000_000_000)

  @Test(
    "the three spellings of RFC 9110 name one moment",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
  func spellings(text: String) {
    #expect(HTTPDate.parse(text, now: now)?.nanoseconds == 784_111_777_000_000_000)
  }

  @Test(
    "what is no date is none",
    arguments: [
      "", "tomorrow", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 2026 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT",
      "Sun, -6 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    ])
  func noDates(text: String) { #expect(HTTPDate.parse(text, now: now) == nil) }

  @Test("a year of two digits lies at most fifty years ahead")
  func shortYears() {
    func year(_ text: String) -> String? {
      HTTPDate.parse("Sunday, 01-Jan-\(text) 00:00:00 GMT", now: now).map {
        String(HTTPDate.text($0).split(separator: " ")[3])
      }
    }
    #expect(year("76") == "2076")
    #expect(year("77") == "1977")
    #expect(year("26") == "2026")
  }

  @Test("a moment is written in the current spelling and reads back")
  func writing() {
    #expect(
      HTTPDate.text(Instant(nanoseconds: 784_111_777_999_999_999))
        == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(HTTPDate.text(Instant(nanoseconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    for day in stride(from: 0, to: 80_000, by: 37) {
      let moment = Instant(nanoseconds: (day * 86_400 + day) * 1_000_000_000)
      #expect(HTTPDate.parse(HTTPDate.text(moment), now: now) == moment)
    }
  }
}

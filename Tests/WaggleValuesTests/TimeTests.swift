import Testing
import WaggleValues

@Suite struct DurationTests {
  @Test(
    "a duration reads exactly and prints largest unit first",
    arguments: [
      ("0s", 0, "0s"), ("500ms", 500_000_000, "500ms"), ("2s", 2_000_000_000, "2s"),
      ("1.5s", 1_500_000_000, "1.5s"), ("1500ms", 1_500_000_000, "1.5s"),
      ("1h30m", 5_400_000_000_000, "1h30m"), ("90m", 5_400_000_000_000, "1h30m"),
      ("105m", 6_300_000_000_000, "1h45m"), ("7d", 604_800_000_000_000, "7d"),
      ("1.5d", 129_600_000_000_000, "1d12h"), ("36h", 129_600_000_000_000, "1d12h"),
      ("-5m", -300_000_000_000, "-5m"), ("0.000001ms", 1, "0.000001ms"),
      ("0.000000001s", 1, "0.000001ms"), ("1m0.25s", 60_250_000_000, "1m0.25s"),
      ("1m250ms", 60_250_000_000, "1m0.25s"), ("1.10s", 1_100_000_000, "1.1s"),
      ("9223372036854.775807ms", .max, "106751d23h47m16.854775807s"),
      ("-106751d23h47m16.854775808s", .min, "-106751d23h47m16.854775808s"),
    ])
  func reads(_ spelling: String, _ nanoseconds: Int, _ printed: String) throws {
    let duration = try Duration(parsing: spelling)
    #expect(duration.nanoseconds == nanoseconds)
    #expect(duration.text == printed)
    #expect(try Duration(parsing: printed) == duration)
  }

  @Test(
    "what is not spelled as a duration gives nil",
    arguments: ["", "-", "5", "s", "5 s", "5S", "1.s", ".5s", "1e3s", "--5s", "5s-", "٣s", "5us"])
  func notADuration(_ text: String) throws {
    #expect(try Duration(spelling: text) == nil)
    let error = #expect(throws: ValueError.self) { try Duration(parsing: text) }
    #expect(
      error?.message == "a duration must be like `500ms`, `2s` or `1h30m`, but is `\(text)`")
  }

  @Test(
    "a duration too long or too fine is an error",
    arguments: [
      "106752d", "-106752d", "9223372036854.775808ms", "99999999999999999999d", "0.0000000001s",
      "1.0000001ms", "106751d24h",
    ])
  func outOfRange(_ text: String) {
    let error = #expect(throws: ValueError.self) { try Duration(spelling: text) }
    #expect(
      error?.message
        == "a duration must be whole nanoseconds and at most 106751 days, but is `\(text)`")
  }
}

@Suite struct TimestampTests {
  @Test(
    "RFC 3339 reads to the nanosecond and prints as it came",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-05-14T18:00:00Z", 1_778_781_600_000_000_000),
      ("2026-05-14T20:00:00+02:00", 1_778_781_600_000_000_000),
      ("2026-05-14T12:30:00-05:30", 1_778_781_600_000_000_000),
      ("2026-05-14t18:00:00.5z", 1_778_781_600_500_000_000),
      ("2026-05-14T18:00:00.123456789Z", 1_778_781_600_123_456_789),
      ("2026-05-14T18:00:00.100Z", 1_778_781_600_100_000_000),
      ("2026-05-14T18:00:00+00:00", 1_778_781_600_000_000_000),
      ("2026-05-14T18:00:00-00:00", 1_778_781_600_000_000_000),
      ("2026-05-15T01:59:00.000+07:59", 1_778_781_600_000_000_000),
      ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
      ("1969-12-31T23:59:59.9Z", -100_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
      ("2017-01-01T01:59:60.5+02:00", 1_483_228_800_500_000_000),
    ])
  func reads(_ text: String, _ nanoseconds: Int) throws {
    let time = try Timestamp(parsing: text)
    #expect(time.text == text)
    #expect(try time.nanoseconds == nanoseconds)
  }

  @Test(
    "other text is no time, and the error shows the right form",
    arguments: [
      "", "2026-05-14", "18:00", "2026-05-14 18:00:00Z", "2026-05-14T18:00:00", "2026-05-14T18:00Z",
      "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
      "2026-05-14T24:00:00Z", "2026-05-14T18:60:00Z", "2026-05-14T18:00:61Z",
      "2026-05-14T18:00:60Z", "2026-05-14T18:00:00.Z",
      "2026-05-14T18:00:00.1234567899Z", "2026-05-14T18:00:00+0200",
      "2026-05-14T18:00:00+24:00", "2026-05-14T18:00:00ZZ", "+026-05-14T18:00:00Z",
      "2026-05-14T18:00:00Z ", "20260514T180000Z0000",
    ])
  func notATime(_ text: String) {
    let error = #expect(throws: ValueError.self) { try Timestamp(parsing: text) }
    #expect(
      error?.message
        == "a time must be RFC 3339 like `2026-05-14T18:00:00Z`, but is `\(text)`")
  }

  @Test(
    "a time that was calculated prints in UTC",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_778_781_600_000_000_000, "2026-05-14T18:00:00Z"),
      (1_778_781_600_500_000_000, "2026-05-14T18:00:00.5Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
      (951_782_400_000_000_000, "2000-02-29T00:00:00Z"),
      (Int.max, "2262-04-11T23:47:16.854775807Z"), (Int.min, "1677-09-21T00:12:43.145224192Z"),
    ])
  func prints(_ nanoseconds: Int, _ text: String) throws {
    #expect(Timestamp(nanoseconds: nanoseconds).text == text)
    #expect(try Timestamp(parsing: text).nanoseconds == nanoseconds)
  }

  @Test("every day of 800 years reads back as itself")
  func calendar() throws {
    for day in stride(from: -106_000, to: 106_000, by: 1) {
      let nanoseconds = day * 86_400_000_000_000
      let time = Timestamp(nanoseconds: nanoseconds)
      try #require(try Timestamp(parsing: time.text).nanoseconds == nanoseconds)
    }
  }

  @Test("a time that nanoseconds do not reach still prints and compares")
  func zeroTime() throws {
    let zero = try Timestamp(parsing: "0001-01-01T00:00:00Z")
    let now = try Timestamp(parsing: "2026-05-14T18:00:00Z")
    #expect(try Value.compare(.time(zero), .less, .time(now)))
    let error = #expect(throws: ValueError.self) { try zero.nanoseconds }
    #expect(
      error?.message
        == "a time must be within the years 1678 to 2261, but is `0001-01-01T00:00:00Z`")
    #expect(throws: ValueError.self) { try now.since(zero) }
    #expect(throws: ValueError.self) { try zero.adding(Duration(parsing: "-367d")) }
    #expect(try zero.adding(Duration(parsing: "-366d")).text == "0000-01-01T00:00:00Z")
  }
}

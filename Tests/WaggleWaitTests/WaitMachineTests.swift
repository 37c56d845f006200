import Testing
import WaggleValues
import WaggleWait

@Suite struct WaitMachineTests {
  @Test("the first look is at once, and each pause is a tenth of the time waited, 250 ms to 5 s")
  func pace() {
    var story = Story(WaitRequest(subjects: subjects("a"), judge: until("running")))
    for _ in 0..<60 {
      story.answer("pending running")
      story.wake()
    }
    story.answer("running running")
    let moments = story.lines.compactMap { line in
      line.hasPrefix("park until ") ? Int(line.dropFirst(11)) : nil
    }
    #expect(
      moments.prefix(12) == [
        250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250, 2500, 2750, 3025,
      ])
    #expect(moments.suffix(3) == [moments[57], moments[57] + 5_000, moments[57] + 10_000])
    for (before, after) in zip(moments, moments.dropFirst()) {
      #expect(after - before <= max(251, before / 10 + 1))
    }
    #expect(story.lines.last == "reached a")
  }

  @Test("`every` fixes the pace")
  func everyFixesThePace() {
    var story = Story(
      WaitRequest(subjects: subjects("a"), every: 2_000_000_000, judge: until("running")))
    for _ in 0..<2 {
      story.answer("pending running")
      story.wake()
    }
    #expect(story.lines == ["get a", "park until 2000", "get a", "park until 4000", "get a"])
  }

  @Test("a list is one schedule; who got there is not looked at again; the order stays")
  func list() {
    var story = Story(WaitRequest(subjects: subjects("a", "b", "a", "c"), judge: until("running")))
    story.answer("pending running", "running running", "pending running")
    story.wake()
    story.answer("running running", "running running")
    #expect(story.lines == ["get a b c", "park until 250", "get a c", "reached a b a c"])
  }

  @Test("`any` takes those that got there first, in the given order")
  func any() {
    var story = Story(
      WaitRequest(subjects: subjects("a", "b", "c", "d"), any: 2, judge: until("running")))
    story.answer("pending running", "pending running", "running running", "pending running")
    story.wake()
    story.answer("running running", "running running", "running running")
    #expect(story.lines == ["get a b c d", "park until 250", "get a b d", "reached a c"])
  }

  @Test("`any` fails when too few are left that could get there")
  func anyFails() {
    var story = Story(
      WaitRequest(subjects: subjects("a", "b", "c"), any: 2, judge: until("running")))
    story.answer("404", "pending running", "pending running")
    story.wake()
    story.answer("terminated terminated", "pending running")
    #expect(
      story.lines == [
        "get a b c", "park until 250", "get b c",
        "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: false), b ended(state: \"terminated\", because: nil), c notYet",
      ])
  }

  @Test("nothing to wait for is done at once, and with `any` it fails")
  func noSubjects() {
    let all = Story(WaitRequest(subjects: [], judge: until("running")))
    let any = Story(WaitRequest(subjects: [], any: 1, judge: until("running")))
    #expect(all.lines == ["reached "])
    #expect(any.lines == ["failed(WaggleWait.WaitFault.Code.failed): "])
  }

  @Test("looks that fail are looked past, and the API's pause is kept")
  func trouble() {
    var story = Story(WaitRequest(subjects: subjects("a", "b"), judge: until("running")))
    story.answer("503", "running running")
    story.wake()
    story.answer("429 3")
    story.wake()
    story.answer("running running")
    #expect(
      story.lines == [
        "get a b", "park until 250", "get a", "park until 3250", "get a", "reached a b",
      ])
  }

  @Test("after trouble those come first that were looked at longest ago")
  func leastSeenFirst() {
    var story = Story(WaitRequest(subjects: subjects("a", "b", "c"), judge: until("running")))
    story.answer("pending running", "503", "503")
    story.wake()
    #expect(story.lines == ["get a b c", "park until 250", "get b c a"])
  }

  @Test("when the time is up, each that is not there is named")
  func timeIsUp() {
    var story = Story(
      WaitRequest(subjects: subjects("a", "b"), timeout: 5, judge: until("running")))
    story.answer("running running", "pending running")
    story.timeIsUp()
    #expect(story.lines.last == "timedOut(nanoseconds: 5): b notYet")
  }
}

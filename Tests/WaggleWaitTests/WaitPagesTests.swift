import Testing
import WaggleValues
import WaggleWait

@Suite struct WaitPagesTests {
  private func request(_ range: ClosedRange<Int>) -> WaitRequest {
    WaitRequest(subjects: range.map { Subject(id: "i\($0)") }, judge: until("running"))
  }

  private func ids(_ range: ClosedRange<Int>) -> [String] { range.map { "i\($0)" } }

  @Test("three subjects are read one by one, four by a page")
  func whichIsCheaper() {
    #expect(Story(request(1...3), canList: true).lines == ["get i1 i2 i3"])
    #expect(Story(request(1...4), canList: true).lines == ["page 0"])
    #expect(Story(request(1...4), canList: false).lines == ["get i1 i2 i3 i4"])
  }

  @Test("pages are read until all are found, and no further")
  func stopsEarly() {
    var story = Story(request(1...300), canList: true)
    story.page(ids(1...200), total: 900)
    story.page(ids(201...400), total: 900)
    #expect(story.lines.prefix(2) == ["page 0", "page 1"])
    #expect(story.lines[2].hasPrefix("reached i1 i2 "))
  }

  @Test("a sweep begins with the pages on which the subjects were last, all at once")
  func remembered() {
    var story = Story(request(201...600), canList: true)
    story.page(ids(1...200), total: 1000)
    story.page(ids(201...400), total: 1000)
    #expect(story.lines == ["page 0", "page 1 2"])
  }

  @Test("a list that may not be read is left for gets")
  func refused() {
    var story = Story(request(1...4), canList: true)
    story.listRefused()
    story.wake()
    #expect(story.lines == ["page 0", "park until 250", "get i1 i2 i3 i4"])
  }

  @Test("what the pages did not show is looked at by a get before it counts as gone")
  func missingIsConfirmed() {
    var story = Story(request(1...6), canList: true)
    story.page(ids(1...4), total: 4)
    story.answer("running running", "404")
    #expect(
      story.lines == [
        "page 0", "get i5 i6", "failed(WaggleWait.WaitFault.Code.gone): i6 gone(wasThere: false)",
      ])
  }

  @Test("a long list is left for gets when few are missing")
  func longList() {
    var story = Story(request(1...20), canList: true)
    story.page(ids(11...210), total: 10_000)
    #expect(story.lines == ["page 0", "get " + ids(1...8).joined(separator: " ")])
  }

  @Test("a page that does not come ends the round, and the next begins with pages again")
  func pageFails() {
    var story = Story(request(1...6), canList: true)
    story.pageFailed(retryAfter: 7)
    story.wake()
    story.page(ids(1...6), total: nil)
    #expect(
      story.lines == ["page 0", "park until 7000", "page 0", "reached i1 i2 i3 i4 i5 i6"])
  }
}

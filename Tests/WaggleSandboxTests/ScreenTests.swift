import Testing

@testable import WaggleSandbox

@Suite("The small screen of an instance")
struct ScreenTests {
  /// What the tree says of a screen: its note, its title, its lines with their boxes.
  private func told(_ screen: Screen) -> String {
    screen.tree.split(separator: "<node").dropFirst().filter { !$0.contains("Button") }.map {
      let text = $0.split(separator: "text=\"", maxSplits: 1).last?.prefix { $0 != "\"" } ?? ""
      return text.isEmpty ? "-" : String(text)
    }.joined(separator: "|")
  }

  /// Actions on a handset, and what it says then.
  static let stories: [([DeviceAction], String)] = [
    ([], "READY|Home"),
    ([.tap(ScreenPoint(x: 5, y: 5), count: 1)], "TAP 5,5|Home"),
    ([.tap(ScreenPoint(x: 5, y: 5), count: 2)], "TAP 2X 5,5|Home"),
    ([.tap(ScreenPoint(x: 300, y: 2390), count: 1)], "OPEN|Browser|-"),
    ([.open(2), .press(.home)], "HOME|Home"),
    ([.open(2), .open(0), .press(.back)], "BACK|Mail|-"),
    ([.open(2), .open(0), .press(.recent)], "RECENT|Mail|-"),
    ([.type("hi", submits: false)], "TYPE|Notes|hi"),
    ([.open(3), .type("a\nb", submits: true)], "TYPE|Settings|a|b|-"),
    ([.type("ab", submits: false), .keys(["DEL"])], "DEL|Notes|a"),
    ([.type("a", submits: true), .keys(["DEL"]), .keys(["DEL"])], "DEL|Notes|-"),
    ([.keys(["DEL"])], "DEL|Home"),
    ([.type("a", submits: false), .keys(["B"]), .keys(["ENTER"])], "ENTER|Notes|aB|-"),
    ([.press(.power)], "OFF"),
    ([.press(.power), .tap(ScreenPoint(x: 300, y: 2390), count: 1)], "OFF"),
    ([.press(.power), .keys(["WAKEUP"])], "WAKEUP|Home"),
    ([.hold(ScreenPoint(x: 1, y: 2), milliseconds: 900)], "HOLD 900 MS 1,2|Home"),
    ([.type("<&\"\u{1}", submits: false)], "TYPE|Notes|&lt;&amp;&quot; "),
  ]

  @Test("a handset tells what was done to it", arguments: stories)
  func tree(actions: [DeviceAction], story: String) {
    var screen = Screen(system: "android")
    for action in actions { screen.apply(action) }
    #expect(told(screen) == story)
  }

  /// An action on a screen with an open app in which there are two lines.
  static let visible: [(String, DeviceAction)] = [
    ("linux", .move(ScreenPoint(x: 9, y: 9))),
    ("linux", .click(ScreenPoint(x: 400, y: 400), .left, count: 1)),
    ("linux", .click(ScreenPoint(x: 400, y: 400), .right, count: 2)),
    ("linux", .click(ScreenPoint(x: 400, y: 400), .middle, count: 1)),
    ("linux", .scroll(.down, amount: 1, at: nil)),
    ("linux", .scroll(.right, amount: 2, at: ScreenPoint(x: 3, y: 3))),
    ("linux", .type("x", submits: false)),
    ("linux", .keys(["CTRL", "S"])),
    ("android", .tap(ScreenPoint(x: 400, y: 400), count: 1)),
    ("android", .tap(ScreenPoint(x: 400, y: 400), count: 2)),
    ("android", .hold(ScreenPoint(x: 400, y: 400), milliseconds: 800)),
    (
      "android",
      .swipe(from: ScreenPoint(x: 9, y: 999), to: ScreenPoint(x: 9, y: 99), milliseconds: 9)
    ),
    (
      "android",
      .drag(from: ScreenPoint(x: 9, y: 999), to: ScreenPoint(x: 9, y: 99), milliseconds: 9)
    ),
    ("android", .press(.volume_up)), ("android", .press(.volume_down)), ("android", .press(.home)),
    ("android", .open(1)), ("android", .keys(["ENTER"])),
  ]

  @Test("every action can be seen in the picture, and is the same each time", arguments: visible)
  func picture(system: String, action: DeviceAction) {
    var before = Screen(system: system)
    before.apply(.type("one\ntwo", submits: false))
    var after = before
    after.apply(action)
    var again = before
    again.apply(action)
    #expect(after.picture.bands != before.picture.bands)
    #expect(after.picture.bands == again.picture.bands)
  }

  @Test("a screenshot is a file of the screen's size in which the title and the pointer are seen")
  func file() throws {
    var screen = Screen(system: "linux")
    screen.apply(.open(1))
    screen.apply(.click(ScreenPoint(x: 700, y: 500), .right, count: 1))
    let png = try DecodedPNG(PNGWriter.file(of: screen.picture))
    #expect((png.width, png.height) == (1920, 1080))
    #expect(png.colour(1919, 0) == "2a313d", "the title's panel")
    #expect(png.colour(700, 500) == "f5b82e", "the pointer")
    #expect(png.colour(690, 490) == "e55d5d", "the mark of the right button")
    #expect(png.colour(900, 1060) == "f5b82e", "the tile of the app in front")
  }

  @Test("a handset's screen that is off is dark")
  func dark() throws {
    var screen = Screen(system: "android")
    screen.apply(.press(.power))
    let png = try DecodedPNG(PNGWriter.file(of: screen.picture))
    #expect((png.width, png.height) == (1080, 2400))
    #expect(Set(png.rows) == [String(repeating: "14181f", count: 1080)])
  }

  @Test("what is kept has a bound, however much is typed and scrolled")
  func bounds() {
    var screen = Screen(system: "linux")
    for _ in 0..<300 { screen.apply(.type("line", submits: true)) }
    screen.apply(.type(String(repeating: "é", count: 60_000), submits: false))
    screen.apply(.scroll(.down, amount: Int.max, at: nil))
    screen.apply(.scroll(.right, amount: Int.max, at: nil))
    #expect(screen.front?.lines.count == 200)
    #expect(screen.front?.lines.last?.count == 4000)
    #expect(screen.front?.offset == ScreenPoint(x: 30_000, y: 30_000))
    #expect(!screen.picture.bands.isEmpty)
  }
}

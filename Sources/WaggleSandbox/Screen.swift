/// The small fake screen of an instance: what is open on it, what was typed, where it was touched.
///
/// It has a title at the top, a tile for each app at the bottom, and between them the text of the
/// app that is in front. Everything that is done to it can be seen in its picture, and on a handset
/// in its tree, and is the same each time.
struct Screen: Sendable {
  /// Something that can be opened.
  struct App: Sendable {
    let id: String
    let label: String
    /// What was typed into it; the last line is still open.
    var lines = [""]
    /// How far it is scrolled, in pixels.
    var offset = ScreenPoint(x: 0, y: 0)
  }

  /// Where it was touched last, and how.
  struct Mark: Sendable {
    let from: ScreenPoint
    let to: ScreenPoint
    let colour: Picture.Colour
    let size: Int
  }

  let system: String
  /// When its instance was started, in milliseconds since 1970; nil before that.
  let bootedAt: Int?
  /// How many things were done to it.
  var deeds = 0
  var apps = [
    App(id: "com.beeos.notes", label: "Notes"), App(id: "com.beeos.browser", label: "Browser"),
    App(id: "com.beeos.mail", label: "Mail"), App(id: "com.android.settings", label: "Settings"),
  ]
  /// The positions of the apps that were opened, the one in front last.
  var opened: [Int] = []
  /// Where the pointer of a computer is.
  var pointer: ScreenPoint
  var mark: Mark?
  /// What was done last, for the title.
  var note = "READY"
  var volume = 5
  /// Whether a handset's screen is on.
  var isAwake = true
  /// When what is done to it is over, in milliseconds since 1970.
  var busyUntil = Int.min

  init(system: String, bootedAt: Int? = nil) {
    self.system = system
    self.bootedAt = bootedAt
    pointer = ScreenPoint(x: 0, y: 0)
    pointer = ScreenPoint(x: width / 2, y: height / 2)
  }

  var isHandset: Bool { system == "android" }
  var width: Int { isHandset ? 1080 : 1920 }
  var height: Int { isHandset ? 2400 : 1080 }

  /// Whether a pixel is on it.
  func contains(_ point: ScreenPoint) -> Bool { whole.contains(point) }

  /// The app in front; nil where none is open.
  var front: App? { opened.last.map { apps[$0] } }

  /// The position of an app by its id or its label, in either case.
  func app(named name: String) -> Int? {
    let small = name.lowercased()
    return apps.firstIndex { $0.id == small || $0.label.lowercased() == small }
  }

  // MARK: Where things are

  /// The side of a point of a letter, in pixels.
  var scale: Int { isHandset ? 6 : 8 }
  var lineHeight: Int { 8 * scale }
  var whole: ScreenBox { ScreenBox(x: 0, y: 0, width: width, height: height) }
  var title: ScreenBox { ScreenBox(x: 0, y: 0, width: width, height: 12 * scale) }
  var page: ScreenBox {
    ScreenBox(
      x: 0, y: title.y.upperBound, width: width, height: height - 2 * title.y.upperBound)
  }

  /// The tile of an app.
  func tile(_ position: Int) -> ScreenBox {
    let width = width / apps.count
    return ScreenBox(
      x: position * width, y: page.y.upperBound, width: width, height: title.y.upperBound)
  }
}

import WaggleCatalogue
import WaggleValues

/// Reading an action from a request, by the rules that the catalogue does not hold.
extension DeviceAction {
  /// Reads the action of a judged request for a screen.
  init(_ target: Target, on screen: Screen) throws(Refusal) {
    let reader = Reader(target: target, screen: screen)
    switch target.operation.id {
    case "computerMove": self = .move(try reader.point("x", "y"))
    case "computerClick":
      self = .click(
        try reader.point("x", "y"), try reader.word("button") ?? .left,
        count: try reader.count("count"))
    case "mobileTap": self = .tap(try reader.point("x", "y"), count: 1)
    case "mobileDoubleTap": self = .tap(try reader.point("x", "y"), count: 2)
    case "mobileLongPress":
      self = .hold(try reader.point("x", "y"), milliseconds: reader.duration(usual: 800))
    case "mobileSwipe":
      self = .swipe(
        from: try reader.point("x1", "y1"), to: try reader.point("x2", "y2"),
        milliseconds: reader.duration(usual: 300))
    case "mobileDrag":
      self = .drag(
        from: try reader.point("x1", "y1"), to: try reader.point("x2", "y2"),
        milliseconds: reader.duration(usual: 800))
    case "computerScroll", "mobileScroll":
      guard let direction: Direction = try reader.word("direction") else {
        throw .missing("direction")
      }
      self = .scroll(
        direction, amount: try reader.count("amount"), at: try reader.optionalPoint())
    case "computerKey", "mobileKey": self = .keys(try reader.keys())
    case "mobilePressButton":
      guard let button: HardButton = try reader.word("button") else { throw .missing("button") }
      self = .press(button)
    case "mobileOpenApp": self = .open(try reader.app())
    default: self = .type(target.text("text") ?? "", submits: reader.submits)
    }
  }

  /// Takes the parts of an action out of a body.
  private struct Reader {
    let target: Target
    let screen: Screen

    func point(_ x: String, _ y: String) throws(Refusal) -> ScreenPoint {
      ScreenPoint(x: try coordinate(x, screen.width), y: try coordinate(y, screen.height))
    }

    /// The spot of a scroll; where one of the two is absent it is in the middle.
    func optionalPoint() throws(Refusal) -> ScreenPoint? {
      guard target.body["x"] != nil || target.body["y"] != nil else { return nil }
      let x = target.body["x"] == nil ? screen.width / 2 : try coordinate("x", screen.width)
      let y = target.body["y"] == nil ? screen.height / 2 : try coordinate("y", screen.height)
      return ScreenPoint(x: x, y: y)
    }

    private func coordinate(_ name: String, _ size: Int) throws(Refusal) -> Int {
      guard let number = target.number(name), (0..<size).contains(number) else {
        throw .offScreen(name, size)
      }
      return number
    }

    /// One of the known words of a field; nil where it is absent.
    func word<Word: RawRepresentable<String>>(_ name: String) throws(Refusal) -> Word? {
      guard let text = target.text(name) else { return nil }
      guard let word = Word(rawValue: text) else { throw .unsupported(name, text) }
      return word
    }

    func count(_ name: String) throws(Refusal) -> Int {
      let count = target.number(name) ?? 1
      guard count >= 1 else { throw .tooFew(name) }
      return count
    }

    /// A time in milliseconds, which a device clamps.
    func duration(usual: Int) -> Int {
      min(max(target.number("duration_ms") ?? usual, 1), 10_000)
    }

    var submits: Bool {
      if case .bool(true)? = target.body["submit"] { true } else { false }
    }

    func app() throws(Refusal) -> Int {
      let name = target.text("app") ?? ""
      guard let position = screen.app(named: name) else { throw .unsupported("app", name) }
      return position
    }

    /// The keys by their house names: capital letters, without Android's prefix.
    func keys() throws(Refusal) -> [String] {
      let said = target.body.texts("keys") ?? []
      if screen.isHandset {
        guard said.count == 1 else { throw .keyCount("exactly one key code") }
      } else {
        guard !said.isEmpty else { throw .keyCount("a key, or the keys of a chord") }
      }
      var keys: [String] = []
      for key in said {
        guard let known = Keys.known(key, isHandset: screen.isHandset) else {
          throw .unsupported("key", key, in: "keys")
        }
        keys.append(known)
      }
      return keys
    }
  }
}

/// The keys that devices have.
private enum Keys {
  private static let computer: Set = [
    "ENTER", "RETURN", "TAB", "SPACE", "BACKSPACE", "DELETE", "ESC", "ESCAPE", "INSERT", "UP",
    "DOWN", "LEFT", "RIGHT", "HOME", "END", "PAGE_UP", "PAGE_DOWN", "CTRL", "CONTROL", "ALT",
    "OPTION", "SHIFT", "META", "SUPER", "WIN", "CMD", "COMMAND", "CAPS_LOCK",
  ]
  private static let handset: Set = [
    "ENTER", "TAB", "SPACE", "DEL", "FORWARD_DEL", "ESCAPE", "HOME", "BACK", "APP_SWITCH", "MENU",
    "SEARCH", "POWER", "WAKEUP", "SLEEP", "VOLUME_UP", "VOLUME_DOWN", "VOLUME_MUTE", "CAMERA",
    "DPAD_UP", "DPAD_DOWN", "DPAD_LEFT", "DPAD_RIGHT", "DPAD_CENTER", "PAGE_UP", "PAGE_DOWN",
    "MOVE_HOME", "MOVE_END",
  ]

  /// The house name of a key; nil for one that a device has not.
  ///
  /// A handset knows Android's names, with or without `KEYCODE_`; a computer any letter besides.
  static func known(_ key: String, isHandset: Bool) -> String? {
    var name = key.uppercased()
    if isHandset {
      if name.hasPrefix("KEYCODE_") { name.removeFirst(8) }
      let isLetter = name.utf8.count == 1 && name.utf8.allSatisfy { isLetterOrDigit($0) }
      return isLetter || handset.contains(name) ? name : nil
    }
    if key.unicodeScalars.count == 1 { return key == " " ? "SPACE" : key }
    name = name == "PAGEUP" ? "PAGE_UP" : name == "PAGEDOWN" ? "PAGE_DOWN" : name
    return computer.contains(name) || isFunction(name) ? name : nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }

  private static func isFunction(_ name: String) -> Bool {
    name.hasPrefix("F") && (1...24).contains(Int(name.dropFirst()) ?? 0)
  }
}

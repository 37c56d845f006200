/// What actions do to a screen.
extension Screen {
  /// The most lines that an app keeps, and the most letters of one; older ones go.
  private static let mostLines = 200
  private static let mostLetters = 4000
  /// What one step of scrolling is, in pixels, and how far an app goes.
  private static let step = 300
  private static let farthest = 30_000

  /// Does something to the screen; one that is off only heeds what turns it on.
  mutating func apply(_ action: DeviceAction) {
    guard isAwake || Self.wakes(action) else { return }
    switch action {
    case .move(let point): move(to: point, "MOVE")
    case .click(let point, let button, let count): click(point, button, count)
    case .tap(let point, let count):
      touch(point, point, .left, size: count, count > 1 ? "TAP \(count)X" : "TAP")
      openTile(at: point)
    case .hold(let point, let time): touch(point, point, .right, size: 3, "HOLD \(time) MS")
    case .swipe(let from, let to, _):
      touch(from, to, .left, size: 1, "SWIPE")
      scroll(x: from.x - to.x, y: from.y - to.y)
    case .drag(let from, let to, _): touch(from, to, .middle, size: 2, "DRAG")
    case .scroll(let direction, let amount, let point): scroll(direction, amount, at: point)
    case .type(let text, let submits): type(submits ? text + "\n" : text)
    case .keys(let keys): press(keys)
    case .press(let button): press(button)
    case .open(let position): open(position)
    }
  }

  private static func wakes(_ action: DeviceAction) -> Bool {
    action == .press(.power) || action == .keys(["WAKEUP"]) || action == .keys(["POWER"])
  }

  // MARK: Pointing

  private mutating func move(to point: ScreenPoint, _ name: String) {
    pointer = point
    note = "\(name) \(point.x),\(point.y)"
  }

  private mutating func click(
    _ point: ScreenPoint, _ button: DeviceAction.MouseButton, _ count: Int
  ) {
    let colour: Picture.Colour =
      switch button {
      case .left: .left
      case .right: .right
      case .middle: .middle
      }
    let times = count > 1 ? " \(count)X" : ""
    touch(point, point, colour, size: count, "\(button.rawValue.uppercased())\(times)")
    if button == .left { openTile(at: point) }
  }

  private mutating func touch(
    _ from: ScreenPoint, _ to: ScreenPoint, _ colour: Picture.Colour, size: Int, _ name: String
  ) {
    mark = Mark(from: from, to: to, colour: colour, size: min(size, 5))
    move(to: to, name)
  }

  private mutating func openTile(at point: ScreenPoint) {
    if let position = apps.indices.first(where: { tile($0).contains(point) }) { open(position) }
  }

  private mutating func open(_ position: Int) {
    opened.removeAll { $0 == position }
    opened.append(position)
    note = "OPEN"
  }

  // MARK: Scrolling

  private mutating func scroll(
    _ direction: DeviceAction.Direction, _ amount: Int, at point: ScreenPoint?
  ) {
    if let point { pointer = point }
    note = "SCROLL \(direction.rawValue.uppercased()) \(amount)"
    let pixels = min(amount, Self.farthest) * Self.step
    switch direction {
    case .up: scroll(x: 0, y: -pixels)
    case .down: scroll(x: 0, y: pixels)
    case .left: scroll(x: -pixels, y: 0)
    case .right: scroll(x: pixels, y: 0)
    }
  }

  private mutating func scroll(x: Int, y: Int) {
    guard let position = opened.last else { return }
    let old = apps[position].offset
    apps[position].offset = ScreenPoint(
      x: min(max(old.x + x, 0), Self.farthest), y: min(max(old.y + y, 0), Self.farthest))
  }

  // MARK: Writing

  /// Types into the app in front; where none is open, the first one opens.
  private mutating func type(_ text: String) {
    if opened.isEmpty { open(0) }
    note = "TYPE"
    guard let position = opened.last else { return }
    var lines = apps[position].lines
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      if place > 0 { lines.append("") }
      guard let last = lines.indices.last else { continue }
      lines[last] = String((lines[last] + part).suffix(Self.mostLetters))
    }
    apps[position].lines = lines.suffix(Self.mostLines)
  }

  private mutating func erase() {
    guard let position = opened.last else { return }
    if apps[position].lines.last?.isEmpty ?? true {
      if apps[position].lines.count > 1 { apps[position].lines.removeLast() }
    } else if let last = apps[position].lines.indices.last {
      apps[position].lines[last].removeLast()
    }
  }

  // MARK: Keys and buttons

  private mutating func press(_ keys: [String]) {
    note = keys.joined(separator: "+")
    guard keys.count == 1, let key = keys.first else { return }
    let said = note
    switch key {
    case "ENTER", "RETURN": type("\n")
    case "TAB": type("\t")
    case "SPACE": type(" ")
    case "BACKSPACE", "DEL": erase()
    case "HOME" where isHandset: press(.home)
    case "BACK": press(.back)
    case "APP_SWITCH": press(.recent)
    case "POWER": press(.power)
    case "WAKEUP": isAwake = true
    case "SLEEP": isAwake = false
    case "VOLUME_UP": press(.volume_up)
    case "VOLUME_DOWN": press(.volume_down)
    case "UP", "DPAD_UP", "PAGE_UP": scroll(x: 0, y: -Self.step)
    case "DOWN", "DPAD_DOWN", "PAGE_DOWN": scroll(x: 0, y: Self.step)
    case "LEFT", "DPAD_LEFT": scroll(x: -Self.step, y: 0)
    case "RIGHT", "DPAD_RIGHT": scroll(x: Self.step, y: 0)
    default: if key.unicodeScalars.count == 1 { type(key) }
    }
    note = said
  }

  private mutating func press(_ button: DeviceAction.HardButton) {
    note = button.rawValue.uppercased()
    switch button {
    case .home: opened = []
    case .back: _ = opened.popLast()
    case .recent: if let older = opened.dropLast().last { open(older) }
    case .power: isAwake.toggle()
    case .volume_up: volume = min(volume + 1, 15)
    case .volume_down: volume = max(volume - 1, 0)
    case .enter: type("\n")
    }
    note = button.rawValue.uppercased()
  }
}

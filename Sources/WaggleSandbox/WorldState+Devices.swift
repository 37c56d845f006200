import WaggleCatalogue

/// The work of the groups `computer` and `mobile`.
///
/// The system decides which of the two an instance has. A device does one thing at a time: what
/// comes before it is done finds it busy. Under the fault `stuck` a share of what is done is
/// answered by 504 all the same.
extension WorldState {
  /// Does the work of an operation of these groups; nil for any other.
  mutating func deviceWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "getComputerInfo": try controlInfo(target, .computer, at: now)
    case "getMobileInfo": try controlInfo(target, .mobile, at: now)
    case "computerScreenshot": try screenshot(target, .computer, at: now)
    case "mobileScreenshot": try screenshot(target, .mobile, at: now)
    case "mobileGetUiTree": try uiTree(target, at: now)
    case "mobileListApps": try apps(target, at: now)
    case "computerClick", "computerMove", "computerScroll", "computerType", "computerKey":
      try control(target, .computer, at: now)
    case "mobileTap", "mobileDoubleTap", "mobileLongPress", "mobileSwipe", "mobileDrag",
      "mobileScroll", "mobileType", "mobileKey", "mobilePressButton", "mobileOpenApp":
      try control(target, .mobile, at: now)
    default: nil
    }
  }

  /// The two ways to control a device.
  private enum Control: String { case computer, mobile }

  // MARK: Looking

  /// The live screen; an instance that is offline says so and no more.
  private mutating func controlInfo(
    _ target: Target, _ kind: Control, at now: Int
  ) throws(Refusal) -> Outcome {
    let (screen, isOnline) = try look(target, kind, at: now)
    var out = ObjectWriter()
    out.member("online", isOnline)
    out.member("os", screen.system)
    out.member("screen_width", screen.width)
    out.member("screen_height", screen.height)
    out.member("coordinate_system", "absolute_pixels")
    out.member("supported_actions", Self.actions(kind))
    if isOnline { out.member("current_app", screen.front?.id) }
    out.end()
    return .data(out.bytes)
  }

  private static func actions(_ kind: Control) -> [String] {
    switch kind {
    case .computer: ["screenshot", "click", "move", "scroll", "type", "key"]
    case .mobile:
      [
        "screenshot", "tap", "double_tap", "long_press", "swipe", "drag", "scroll", "type", "key",
        "press_button", "open_app",
      ]
    }
  }

  private mutating func uiTree(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let screen = try reach(target, .mobile, at: now)
    var out = ObjectWriter()
    out.member("supported", true)
    out.member("content", screen.tree)
    out.end()
    return .data(out.bytes)
  }

  private mutating func apps(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let screen = try reach(target, .mobile, at: now)
    return .wrapped(
      "apps",
      screen.apps.map { app in
        var out = ObjectWriter()
        out.member("package_id", app.id)
        out.member("label", app.label)
        out.end()
        return out.bytes
      })
  }

  // MARK: Acting

  private mutating func control(
    _ target: Target, _ kind: Control, at now: Int
  ) throws(Refusal) -> Outcome {
    var screen = try reach(target, kind, at: now)
    let action = try DeviceAction(target, on: screen)
    let time = try occupy(&screen, for: action.milliseconds, target.id(), at: now)
    screen.apply(action)
    try leave(screen, target.id())
    var outcome = Outcome.data(Array(#"{"ok":true}"#.utf8))
    outcome.milliseconds = time
    return outcome
  }

  private mutating func screenshot(
    _ target: Target, _ kind: Control, at now: Int
  ) throws(Refusal) -> Outcome {
    var screen = try reach(target, kind, at: now)
    let time = try occupy(&screen, for: 0, target.id(), at: now)
    try leave(screen, target.id())
    let file = files.reserve(
      "\(target.id())-\(screen.deeds).png", "image/png", for: target.caller)
    files.store(PNGWriter.file(of: screen.picture), in: file)
    var out = ObjectWriter()
    out.member("file_id", file.id)
    out.member(
      "url", files.address(of: file, for: .download, until: now + FileShelf.screenshotLife))
    out.member("format", "png")
    out.member("width", screen.width)
    out.member("height", screen.height)
    out.end()
    var outcome = Outcome.data(out.bytes)
    outcome.milliseconds = time
    return outcome
  }

  /// Takes the device until an action is done; gives how long that is, in milliseconds.
  private func occupy(
    _ screen: inout Screen, for time: Int, _ id: String, at now: Int
  ) throws(Refusal) -> Int {
    guard screen.busyUntil <= now else { throw .deviceBusy(id) }
    let time = Int(Double(150 + time) * faults.slowness)
    screen.busyUntil = now + time
    screen.deeds += 1
    return time
  }

  /// Leaves the screen as it is then, and fails where the device has stopped answering.
  private mutating func leave(_ screen: Screen, _ id: String) throws(Refusal) {
    screens[id] = screen
    if draws.of("screen \(id)").share("stuck", screen.deeds) < faults.stuck {
      throw .deviceSilent(id)
    }
  }

  // MARK: Finding the screen

  /// The screen of an instance that is online.
  private mutating func reach(
    _ target: Target, _ kind: Control, at now: Int
  ) throws(Refusal) -> Screen {
    let (screen, isOnline) = try look(target, kind, at: now)
    guard isOnline else { throw .deviceOffline(target.id()) }
    return screen
  }

  /// The screen of an instance; a new one after each start of the instance.
  private mutating func look(
    _ target: Target, _ kind: Control, at now: Int
  ) throws(Refusal) -> (screen: Screen, isOnline: Bool) {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let instance = fleet.instances[position]
    guard instance.hasDevice else { throw .noDevice(instance.id) }
    let own: Control = instance.facts.system == "android" ? .mobile : .computer
    guard kind == own else { throw .noScreen(instance.id, instance.facts.system, own.rawValue) }
    let fresh = Screen(system: instance.facts.system, bootedAt: instance.startedAt)
    let screen = screens[instance.id].flatMap { $0.bootedAt == fresh.bootedAt ? $0 : nil }
    return (screen ?? fresh, instance.isReachable)
  }
}

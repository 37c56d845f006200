import WaggleValues

/// The phone of an instance: looking at its screen, its fingers and its buttons.
extension Catalogue {
  /// The fourteen operations, in the contract's order; the last six are new, and a gateway without
  /// them answers 404.
  static let mobile: [Operation] = [
    Operation(
      id: "getMobileInfo", group: "mobile", action: "info",
      method: "GET", path: "/api/v1/instances/{id}/mobile",
      summary: "Read the size of a phone's screen, and whether it answers",
      pathParameters: [.instance()], success: Success(200, .record(.controlInfo)), effect: .read,
      replay: .safe, example: onPhone("mobile info")),
    Operation(
      id: "mobileScreenshot", group: "mobile", action: "screenshot",
      method: "POST", path: "/api/v1/instances/{id}/mobile/screenshot",
      summary: "Keep a picture of a phone's screen as a file",
      pathParameters: [.instance()], success: Success(200, .record(.screenshot)), effect: .change,
      replay: .harmlessDuplicate, example: onPhone("mobile screenshot")),
    screenAction(
      "mobileTap", "mobile tap", "Tap a point of a phone", point, positional: ["x", "y"],
      example: onPhone("mobile tap", "200 400")),
    screenAction(
      "mobileSwipe", "mobile swipe", "Swipe from one point of a phone to another",
      line, positional: ["x1", "y1", "x2", "y2"],
      example: onPhone("mobile swipe", "200 800 200 200 --duration-ms 300ms")),
    screenAction(
      "mobileScroll", "mobile scroll", "Scroll a phone in one direction",
      scroll, positional: ["direction"], example: onPhone("mobile scroll", "down")),
    screenAction(
      "mobileType", "mobile type", "Type a text on a phone", typing, positional: ["text"],
      example: onPhone("mobile type", "\"hello\" --submit")),
    screenAction(
      "mobileKey", "mobile key", "Press a key of a phone, by its Android key code",
      [
        Parameter(
          "keys", .list(.text), isRequired: true, count: 1...1,
          help: "The key code, alone in a list")
      ], positional: ["keys"], example: onPhone("mobile key", "[KEYCODE_HOME]")),
    screenAction(
      "mobilePressButton", "mobile press-button", "Press a button of a phone",
      [
        Parameter(
          "button",
          .choice(
            ["back", "home", "recent", "power", "volume_up", "volume_down", "enter"], open: true),
          isRequired: true, help: "Which button")
      ], positional: ["button"], example: onPhone("mobile press-button", "home")),
    Operation(
      id: "mobileGetUiTree", group: "mobile", action: "ui-tree",
      method: "GET", path: "/api/v1/instances/{id}/mobile/ui_tree",
      summary: "Read what a phone shows, as text",
      pathParameters: [.instance()], success: Success(200, .record(.uiTree)), effect: .read,
      replay: .safe, example: onPhone("mobile ui-tree")),
    Operation(
      id: "mobileListApps", group: "mobile", action: "apps",
      method: "GET", path: "/api/v1/instances/{id}/mobile/apps",
      summary: "List the apps on a phone",
      pathParameters: [.instance()], success: Success(200, .list(.app, .none), items: "apps"),
      effect: .read, replay: .safe, example: onPhone("mobile apps")),
    screenAction(
      "mobileOpenApp", "mobile open-app", "Bring an app of a phone to the front",
      [
        Parameter("app", .text, isRequired: true, help: "The app: its package or its name"),
        Parameter("activity", .text, help: "Which of its activities to open"),
        Parameter("locale", .text, help: "Language tag to open it in, where the phone can"),
      ], positional: ["app"], example: onPhone("mobile open-app", "Settings")),
    screenAction(
      "mobileDoubleTap", "mobile double-tap", "Tap a point of a phone twice", point,
      positional: ["x", "y"], example: onPhone("mobile double-tap", "200 400")),
    screenAction(
      "mobileLongPress", "mobile long-press", "Hold a finger on a point of a phone",
      point + [duration], positional: ["x", "y"],
      example: onPhone("mobile long-press", "200 400 --duration-ms 1s")),
    screenAction(
      "mobileDrag", "mobile drag", "Drag from one point of a phone to another",
      line, positional: ["x1", "y1", "x2", "y2"],
      example: onPhone("mobile drag", "100 400 300 400")),
  ]

  /// Two points of a screen, and how long to take from one to the other.
  private static let line = [
    Parameter(
      "x1", .int, isRequired: true, range: Parameter.int32,
      help: "Where it begins: pixels from the left"),
    Parameter(
      "y1", .int, isRequired: true, range: Parameter.int32,
      help: "Where it begins: pixels from the top"),
    Parameter(
      "x2", .int, isRequired: true, range: Parameter.int32,
      help: "Where it ends: pixels from the left"),
    Parameter(
      "y2", .int, isRequired: true, range: Parameter.int32,
      help: "Where it ends: pixels from the top"),
    duration,
  ]

  /// How long a finger stays on the glass.
  private static let duration = Parameter(
    "duration_ms", .int, range: Parameter.int32,
    help: "How long it takes; the phone keeps it from 1ms to 10s")

  /// An example on a phone of the sandbox that answers.
  private static func onPhone(_ command: String, _ rest: String = "") -> String {
    let phone = "(bees | where osType == android and connectivity == online | first)"
    return command + " " + phone + (rest.isEmpty ? "" : " " + rest)
  }
}

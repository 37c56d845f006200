import WaggleValues

/// The desktop of an instance: looking at its screen, its pointer and its keys.
///
/// Everything done on a screen is a change: nobody can say what a click does. A screenshot is one
/// too, since each leaves one more file, and `--read-only` promises that nothing is left.
extension Catalogue {
  /// The seven operations, in the contract's order.
  static let computer: [Operation] = [
    Operation(
      id: "getComputerInfo", group: "computer", action: "info",
      method: "GET", path: "/api/v1/instances/{id}/computer",
      summary: "Read the size of a desktop, and whether it answers",
      pathParameters: [.instance()], success: Success(200, .record(.controlInfo)), effect: .read,
      replay: .safe, example: onDesktop("computer info")),
    Operation(
      id: "computerScreenshot", group: "computer", action: "screenshot",
      method: "POST", path: "/api/v1/instances/{id}/computer/screenshot",
      summary: "Keep a picture of a desktop as a file",
      pathParameters: [.instance()], success: Success(200, .record(.screenshot)), effect: .change,
      replay: .harmlessDuplicate, example: onDesktop("computer screenshot")),
    screenAction(
      "computerClick", "computer click", "Click at a point of a desktop",
      point + [
        Parameter(
          "button", .choice(["left", "right", "middle"], open: true),
          help: "Which button; the left one without it"),
        Parameter(
          "count", .int, range: Parameter.int32, help: "How many clicks in a row; one without it"),
      ], positional: ["x", "y"], example: onDesktop("computer click", "400 300")),
    screenAction(
      "computerMove", "computer move", "Move the pointer to a point of a desktop",
      point, positional: ["x", "y"], replay: .harmlessDuplicate,
      example: onDesktop("computer move", "400 300")),
    screenAction(
      "computerScroll", "computer scroll", "Scroll a desktop in one direction",
      scroll, positional: ["direction"], example: onDesktop("computer scroll", "down --amount 2")),
    screenAction(
      "computerType", "computer type", "Type a text on a desktop",
      typing, positional: ["text"], example: onDesktop("computer type", "\"hello\" --submit")),
    screenAction(
      "computerKey", "computer key", "Press a key, or several at once, on a desktop",
      [Parameter("keys", .list(.text), isRequired: true, help: "The key, or all keys of a chord")],
      positional: ["keys"], example: onDesktop("computer key", "[ctrl, s]")),
  ]

  /// Something that is done on a screen; its path ends in the action, dashes being underscores.
  static func screenAction(
    _ id: String, _ command: String, _ summary: String, _ body: [Parameter],
    positional: [String], replay: Replay = .unsafe, example: String
  ) -> Operation {
    let words = command.split(separator: " ")
    let (group, action) = (String(words.first ?? ""), String(words.last ?? ""))
    let verb = String(action.map { $0 == "-" ? "_" : $0 })
    return Operation(
      id: id, group: group, action: action, method: "POST",
      path: "/api/v1/instances/{id}/\(group)/\(verb)", summary: summary,
      pathParameters: [.instance()], body: body, positional: positional, maxBodyBytes: 65_536,
      success: Success(200, .record(.actionResult)), effect: .change, replay: replay,
      example: example)
  }

  /// A point of a screen in pixels from its upper left corner.
  static let point = [
    Parameter("x", .int, isRequired: true, range: Parameter.int32, help: "Pixels from the left"),
    Parameter("y", .int, isRequired: true, range: Parameter.int32, help: "Pixels from the top"),
  ]

  /// A direction and a distance, and where.
  static let scroll = [
    Parameter("x", .int, range: Parameter.int32, help: "Where to scroll: pixels from the left"),
    Parameter("y", .int, range: Parameter.int32, help: "Where to scroll: pixels from the top"),
    Parameter(
      "direction", .choice(["up", "down", "left", "right"], open: true), isRequired: true,
      help: "Which way"),
    Parameter(
      "amount", .int, range: Parameter.int32,
      help: "How many steps of some 300 pixels; one without it"),
  ]

  /// A text and whether to press Enter after it.
  static let typing = [
    Parameter("text", .text, isRequired: true, help: "What to type"),
    Parameter("submit", .bool, help: "Press Enter after it"),
  ]

  /// An example on a desktop of the sandbox that answers.
  private static func onDesktop(_ command: String, _ rest: String = "") -> String {
    let desktop = "(bees | where osType == linux and connectivity == online | first)"
    return command + " " + desktop + (rest.isEmpty ? "" : " " + rest)
  }
}

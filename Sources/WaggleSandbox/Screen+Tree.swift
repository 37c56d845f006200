/// What is on a handset's screen as text, in the form of Android's own dumps.
extension Screen {
  /// The tree: a frame with the title, the lines of the app in front, and a button for each app.
  var tree: String {
    var nodes: [String] = []
    if isAwake {
      nodes.append(node("android.widget.TextView", "title", front?.label ?? "Home", title))
      nodes += lines
      for (position, app) in apps.enumerated() {
        nodes.append(node("android.widget.Button", app.id, app.label, tile(position)))
      }
    }
    let frame = opening("android.widget.FrameLayout", "screen", isAwake ? note : "OFF", whole)
    return "<hierarchy rotation=\"0\">\(frame)>\(nodes.joined())</node></hierarchy>"
  }

  /// The lines that can be seen, as far as they can be seen.
  private var lines: [String] {
    guard let app = front else { return [] }
    return app.lines.enumerated().compactMap { place, line in
      let top = page.y.lowerBound + lineHeight / 2 + place * lineHeight - app.offset.y
      let seen = page.y.clamped(to: top..<(top + lineHeight))
      guard !seen.isEmpty else { return nil }
      let box = ScreenBox(x: 0, y: seen.lowerBound, width: width, height: seen.count)
      return node("android.widget.EditText", "line_\(place)", line, box)
    }
  }

  private func node(_ kind: String, _ id: String, _ text: String, _ box: ScreenBox) -> String {
    opening(kind, id, text, box) + "/>"
  }

  private func opening(_ kind: String, _ id: String, _ text: String, _ box: ScreenBox) -> String {
    "<node class=\"\(kind)\" resource-id=\"\(id)\" text=\"\(Self.escaped(text))\" "
      + "package=\"\(front?.id ?? "com.beeos.home")\" bounds=\"\(box.bounds)\""
  }

  /// A text in an attribute; a space for what XML cannot hold.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

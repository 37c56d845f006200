package import WaggleEval
package import WaggleValues
package import WaggleWait

/// What is told of work while it goes on, on standard error.
extension Renderer {
  /// The line of the live block for a wait, or one for many, each some nanoseconds after it was told
  /// of: the longest time gone, how many are there, which states the others are in.
  ///
  /// It fits into the columns given, those of the terminal at that moment.
  package func liveLine(
    of waits: [(wait: WaitProgress, later: Int)], columns: Int? = nil
  ) -> String {
    let elapsed = waits.map { $0.wait.elapsed &+ $0.later }.max() ?? 0
    var parts = ["waiting \(gone(elapsed))"]
    if waits.count > 1 {
      parts.append("\(waits.count) waits")
    } else if let wait = waits.first?.wait, wait.total > 1 {
      parts.append("\(min(wait.reached, wait.needed))/\(wait.needed)")
    }
    let states = states(WaitProgress.State.sum(waits.map(\.wait.states)))
    if !states.isEmpty { parts.append(states) }
    parts.append(count(waits.reduce(0) { $0 + $1.wait.calls }, "call"))
    let line = DisplayWidth.cut(parts.joined(separator: " · "), to: (columns ?? width) - 1)
    return style(.faint, line)
  }

  /// How many columns a line takes that this renderer made, colours apart.
  package static func columns(of line: String) -> Int {
    let parts = line.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    let texts = parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
    return texts.reduce(DisplayWidth.of(parts.first ?? "")) { $0 + DisplayWidth.of($1) }
  }

  /// The line for a change of a wait, where lines stay; nil where nothing changed.
  package func changeLine(of wait: WaitProgress) -> String? {
    guard let change = wait.changes.first else { return nil }
    let what: String
    if wait.total == 1 {
      let from = change.from.map { line($0) + " → " } ?? ""
      what = "\(line(change.name ?? change.id)): \(from)\(line(change.to))"
    } else {
      what = "\(min(wait.reached, wait.needed)) of \(wait.needed) there; \(states(wait.states))"
    }
    return "wait: \(what) (\(gone(wait.elapsed)), \(count(wait.calls, "call")))\n"
  }

  /// The line for a task that is followed, where it waits for somebody or has ended; nil for any
  /// other.
  package func followLine(of task: Record) -> String? {
    guard let id = task["task_id"]?.revealedText, let status = task["status"]?.revealedText else {
      return nil
    }
    let answer = "tasks continue \(line((task["agent_id"] ?? .null).plainText)) \(line(id))"
    let what: String? =
      switch status {
      case "queued", "running": nil
      case "input_required": "waits for input; `\(answer) --input TEXT` gives it"
      case "auth_required": "waits for a grant; `\(answer) --auth-grant` gives it"
      default: line(status)
      }
    return what.map { "follow: \(line(id)): \($0)\n" }
  }

  /// The line for the beginning or the end of a step.
  package func line(of event: RunEvent) -> String {
    switch event {
    case .stepBegan(let title): style(.faint, "step") + " " + line(title) + "\n"
    case .stepEnded(let title, let succeeded, let took):
      (succeeded ? style(.good, "done") : style(.error, "failed"))
        + " \(line(title)) (\(gone(took.nanoseconds)))\n"
    }
  }

  private func states(_ states: [WaitProgress.State]) -> String {
    states.map { "\($0.count) \(line($0.name))" }.joined(separator: ", ")
  }

  /// A time gone, to a tenth of a second below ten seconds and to a second above.
  func gone(_ nanoseconds: Int) -> String {
    let unit = nanoseconds < 10_000_000_000 ? 100_000_000 : 1_000_000_000
    return Duration(nanoseconds: nanoseconds / unit * unit).text
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

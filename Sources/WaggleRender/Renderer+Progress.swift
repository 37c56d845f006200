package import WaggleEval
package import WaggleValues
package import WaggleWait

/// What is told of work while it goes on, on standard error.
extension Renderer {
  /// The lines of the live block for waits, each some nanoseconds after it was told of: the time gone
  /// and the time left, how many are there, the states as a bar, and who takes longest.
  ///
  /// They fit into the columns given, those of the terminal at that moment.
  package func liveBlock(
    of waits: [(wait: WaitProgress, later: Int)], columns: Int? = nil
  ) -> [String] {
    // Whoever types Ctrl-C at the end of a line sees `^C` there, and not on a line of its own.
    let room = max((columns ?? width) - 3, 1)
    let sum = WaitSum(waits)
    var head = ["waiting \(gone(sum.elapsed))"]
    if let left = sum.left { head.append("\(gone(left)) left") }
    if waits.count > 1 { head.append("\(waits.count) waits") }
    var lines: [String] = []
    if sum.total > 1 {
      head.append("\(sum.reached)/\(sum.needed)")
      let bar = StateBar(sum.states, columns: room / 4).text
      let counts = sum.states.reversed().map { states([$0]) }
      lines += folded([bar + " " + (counts.first ?? "")] + counts.dropFirst(), by: ", ", to: room)
      let longest = sum.longest.map {
        "\(line($0.name ?? $0.id)) \(line($0.state)) \(gone($0.time))"
      }
      if let first = longest.first {
        let names = ["longest: " + first] + longest.dropFirst()
        lines += folded(names, by: ", ", to: room).prefix(1)
      }
    } else if !sum.states.isEmpty {
      head.append(states(sum.states))
    }
    if sum.total > 0 { head.append(count(sum.calls, "call")) }
    if let asked = sum.asked {
      head.append(times(asked.count))
      if !asked.obstacles.isEmpty { lines.append(line(asked.obstacles.joined(separator: ", "))) }
    }
    if let allowance = sum.allowance, allowance.source != .assumed {
      head.append("\(allowance.used) of \(quota(of: allowance))")
    }
    if let trouble = sum.trouble { lines.append(failing(trouble)) }
    return (folded(head, by: " · ", to: room) + lines).map {
      style(.faint, DisplayWidth.cut($0, to: room))
    }
  }

  /// The line that waits leave on a terminal when the last of them is over; nil where they took no
  /// time to speak of.
  package func summary(of waits: [WaitProgress]) -> String? {
    let sum = WaitSum(waits.map { ($0, 0) })
    guard sum.elapsed >= 1_000_000_000 else { return nil }
    let several = waits.count > 1 ? ["\(waits.count) waits"] : []
    let counts =
      sum.total > 0
      ? ["\(sum.reached) of \(sum.needed) there", count(sum.calls, "call")] : []
    let asked = sum.asked.map { [times($0.count)] } ?? []
    let what = (several + counts + asked).joined(separator: ", ")
    return style(.faint, "waited \(gone(sum.elapsed)): \(what)") + "\n"
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
    guard wait.total == 1 else { return countsLine(of: [(wait, 0)]) }
    let from = change.from.map { line($0) + " → " } ?? ""
    let what = "\(line(change.name ?? change.id)): \(from)\(line(change.to))"
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

  /// The line that says where waits stand, where lines stay and nothing has changed for long.
  package func heartbeat(of waits: [(wait: WaitProgress, later: Int)]) -> String {
    guard waits.count == 1, let (wait, later) = waits.first, wait.total == 1,
      let subject = wait.slowest.first
    else { return countsLine(of: waits) }
    let name = line(subject.name ?? subject.id)
    let isSeen = subject.state != WaitProgress.unseen
    let standing =
      switch (isSeen, wait.trouble, later > Self.longestTrusted) {
      case (false, _, _): "not seen yet"
      case (true, nil, false): "still \(line(subject.state))"
      case (true, nil, true): "\(line(subject.state)) when last seen, \(gone(later)) ago"
      case (true, .some, _): "\(line(subject.state)) when last seen"
      }
    let what = (["\(name): \(standing)"] + (wait.trouble.map { [failing($0)] } ?? []))
      .joined(separator: "; ")
    return "wait: \(what) (\(gone(wait.elapsed &+ later)), \(count(wait.calls, "call")))\n"
  }

  /// How long what a look showed is taken for what is, in nanoseconds: 15 s.
  private static let longestTrusted = 15_000_000_000

  private func countsLine(of waits: [(wait: WaitProgress, later: Int)]) -> String {
    let sum = WaitSum(waits)
    let several = waits.count > 1 ? "\(waits.count) waits, " : ""
    var parts: [String] = []
    if sum.total > 0 { parts += ["\(sum.reached) of \(sum.needed) there", states(sum.states)] }
    if let asked = sum.asked {
      parts += [times(asked.count), line(asked.obstacles.joined(separator: ", "))]
    }
    parts += [sum.trouble.map(failing) ?? ""]
    let what = several + parts.filter { !$0.isEmpty }.joined(separator: "; ")
    let calls = sum.total > 0 ? ", \(count(sum.calls, "call"))" : ""
    return "wait: \(what) (\(gone(sum.elapsed))\(calls))\n"
  }

  /// `the condition was asked 14 times`.
  func times(_ count: Int) -> String {
    "the condition was asked \(count == 1 ? "once" : "\(count) times")"
  }

  /// The line for a wait whose looks are not answered, where lines stay.
  package func troubleLine(of wait: WaitProgress) -> String { countsLine(of: [(wait, 0)]) }

  /// What is said of looks that are not answered.
  func failing(_ trouble: String) -> String { "the last look failed: \(line(trouble))" }

  /// The line for the beginning or the end of a step.
  package func line(of event: RunEvent) -> String {
    switch event {
    case .stepBegan(let title): style(.faint, "step") + " " + line(title) + "\n"
    case .stepEnded(let title, let succeeded, let took):
      (succeeded ? style(.good, "done") : style(.error, "failed"))
        + " \(line(title)) (\(gone(took.nanoseconds)))\n"
    case .waits(let wait): countsLine(of: [(wait, 0)])
    }
  }

  /// `600 a minute`.
  func quota(of allowance: Allowance) -> String {
    let units = [
      1_000_000_000: "a second", 60_000_000_000: "a minute", 3_600_000_000_000: "an hour",
    ]
    let time = units[allowance.nanoseconds] ?? "in \(gone(allowance.nanoseconds))"
    return "\(allowance.count) \(time)"
  }

  private func states(_ states: [WaitProgress.State]) -> String {
    states.map { "\($0.count) \(line($0.name))" }.joined(separator: ", ")
  }

  /// Parts in as few lines as they fit into.
  private func folded(_ parts: [String], by separator: String, to room: Int) -> [String] {
    var lines: [String] = []
    for part in parts {
      let longer = (lines.last.map { $0 + separator } ?? "") + part
      if lines.isEmpty || DisplayWidth.of(longer) > room {
        lines.append(part)
      } else {
        lines[lines.count - 1] = longer
      }
    }
    return lines
  }

  /// A time gone, to a tenth of a second below ten seconds and to a second above.
  func gone(_ nanoseconds: Int) -> String {
    let unit = nanoseconds < 10_000_000_000 ? 100_000_000 : 1_000_000_000
    return Duration(nanoseconds: nanoseconds / unit * unit).text
  }

  func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

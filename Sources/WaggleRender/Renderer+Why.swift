import WaggleEval
package import WaggleTime
import WaggleValues
package import WaggleWait

/// What `why` says of a wait that runs or has failed, and the warning of one that takes too long.
extension Renderer {
  /// For each wait who is not there and which part of the condition it does not meet, as a look saw
  /// it; each line ended, and folded at words where columns are given.
  package func why(
    _ waits: [WaitProgress], at now: Instant, columns: Int? = nil,
    others: (_ state: String, _ type: String) -> WaitBook.Others?
  ) -> String {
    let explained = waits.prefix(Self.mostExplained).flatMap { wait in
      let subjects = wait.slowest.prefix(Self.mostSubjectsExplained)
      let lines = subjects.flatMap { subject in
        [about(subject, others: others(subject.state, wait.type))] + rows(of: subject.parts)
      }
      let left = wait.total - wait.reached - subjects.count
      return [Line(head(of: wait, at: now), hanging: 2)]
        + (wait.trouble.map { [Line("  " + failing($0), hanging: 4)] } ?? [])
        + rows(of: wait.asked?.parts ?? []) + lines
        + (left > 0 ? [Line("  and \(left) more", hanging: 4)] : [])
    }
    let left = waits.count - Self.mostExplained
    let more = left > 0 ? [Line("and \(count(left, "more wait"))", hanging: 2)] : []
    return (explained + more).flatMap { $0.folded(to: columns) }.map { $0 + "\n" }.joined()
  }

  /// A line, what stands behind it or, without room, below it, and how far in that is.
  private struct Line {
    let text: String
    let aside: String
    let hanging: Int

    init(_ text: String, aside: String = "", hanging: Int) {
      self.text = text
      self.aside = aside
      self.hanging = hanging
    }

    /// The lines that it takes where so many columns are there; a word is never broken.
    func folded(to columns: Int?) -> [String] {
      guard let columns, Renderer.columns(of: text + aside) > columns else { return [text + aside] }
      let indent = String(repeating: " ", count: min(hanging, columns / 2))
      let below = indent + aside.drop { $0 == " " }
      return fold(text, indent, to: columns)
        + (aside.isEmpty ? [] : fold(below, indent, to: columns))
    }

    private func fold(_ text: String, _ indent: String, to columns: Int) -> [String] {
      var lines: [String] = []
      var line = ""
      var gap = ""
      for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        let longer = line + gap + word
        if word.isEmpty {
          gap += " "
        } else if line.isEmpty || Renderer.columns(of: longer) <= columns {
          (line, gap) = (longer, " ")
        } else {
          lines.append(line)
          (line, gap) = (indent + word, " ")
        }
      }
      return lines + [line]
    }
  }

  /// The warning of a subject that takes far longer than its kind does; ends its line.
  package func warning(_ warning: WaitBook.Warning) -> String {
    let subject = warning.subject
    let others =
      warning.others.map(took)
      ?? subject.usual.map {
        "\(gone($0 &* 1_000_000_000)) is usual at most"
      }
    return style(.warning, "warning") + ": \(named(subject)) has been \(line(subject.state)) for "
      + gone(subject.nanoseconds) + (others.map { "; " + $0 } ?? "") + "\n"
  }

  /// How many waits are explained.
  private static let mostExplained = 4
  /// How many subjects of a wait are.
  private static let mostSubjectsExplained = 3

  private func head(of wait: WaitProgress, at now: Instant) -> String {
    let later = wait.isOver ? 0 : now.nanoseconds &- wait.at.nanoseconds
    let elapsed = wait.elapsed &+ later
    var parts = [wait.asked.map { times($0.count) } ?? "\(wait.reached) of \(wait.needed) there"]
    switch (wait.isOver, wait.limit) {
    case (true, _):
      parts.append((wait.wasStopped ? "stopped" : "ended") + " after \(gone(elapsed))")
    case (false, let limit?): parts.append("\(gone(elapsed)) gone of \(gone(limit))")
    case (false, nil): parts.append("\(gone(elapsed)) gone")
    }
    if wait.asked == nil { parts.append(count(wait.calls, "call")) }
    if let allowance = wait.allowance { parts.append("a budget of \(words(for: allowance))") }
    if let next = wait.nextLook {
      let pause = next.nanoseconds &- now.nanoseconds
      let (next, now) = wait.asked == nil ? ("next look", "looking") : ("asked again", "asking")
      parts.append(pause > 0 ? "\(next) in \(gone(pause))" : "\(now) now")
    }
    return style(.message, "wait") + ": " + parts.joined(separator: ", ")
  }

  /// `600 a minute (assumed), of which 31 are used`.
  private func words(for allowance: Allowance) -> String {
    let source =
      switch allowance.source {
      case .told: ""
      case .learned: " (learned)"
      case .assumed: " (assumed)"
      }
    return quota(of: allowance) + source + ", of which \(allowance.used) "
      + (allowance.used == 1 ? "is" : "are") + " used"
  }

  private func about(_ subject: WaitProgress.Waiting, others: WaitBook.Others?) -> Line {
    var text = "  \(named(subject)): "
    if let finding = subject.finding {
      text += line(finding)
    } else if subject.state == WaitProgress.unseen {
      text += "not seen yet"
    } else {
      text += "\(line(subject.state)), seen so for \(gone(subject.nanoseconds))"
      if let entered = subject.entered { text += ", since \(line(entered)) by the API's clock" }
    }
    return Line(text + (others.map { "; " + took($0) } ?? ""), hanging: 4)
  }

  /// `7 others took 3.4s in the middle, 6s at most`.
  private func took(_ others: WaitBook.Others) -> String {
    others.count == 1
      ? "the one other took \(gone(others.slowest))"
      : "\(others.count) others took \(gone(others.median)) (median), \(gone(others.slowest)) at most"
  }

  private func named(_ subject: WaitProgress.Waiting) -> String {
    subject.name.map { "\(line(subject.id)) (\(line($0)))" } ?? line(subject.id)
  }

  /// The parts of the condition: what each is, how it is written, what was seen.
  private func rows(of parts: [ConditionPart]) -> [Line] {
    let texts = parts.map { String(repeating: " ", count: 2 * $0.depth) + line($0.text) }
    let widest = min(texts.map { DisplayWidth.of($0) }.max() ?? 0, Self.widestPart)
    return zip(parts, texts).map { part, text in
      let pad = String(repeating: " ", count: max(0, widest - DisplayWidth.of(text)))
      let seen = part.seen.map { pad + "   " + line($0) } ?? ""
      return Line(
        "    " + word(for: part.truth) + " " + text, aside: seen, hanging: 14 + 2 * part.depth)
    }
  }

  /// The columns up to which what was seen is lined up.
  private static let widestPart = 44

  private func word(for truth: ConditionPart.Truth) -> String {
    switch truth {
    case .yes: style(.good, "yes    ")
    case .no: style(.error, "no     ")
    case .unknown: style(.warning, "not yet")
    }
  }
}

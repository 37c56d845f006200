import WaggleEval
package import WaggleTime
import WaggleValues
package import WaggleWait

/// What `why` says of a wait that runs or has failed, and the warning of one that takes too long.
extension Renderer {
  /// For each wait who is not there and which part of the condition it does not meet, as a look saw
  /// it; each line ended.
  package func why(
    _ waits: [WaitProgress], at now: Instant,
    others: (_ state: String, _ type: String) -> WaitBook.Others?
  ) -> String {
    let explained = waits.prefix(Self.mostExplained).map { wait in
      let subjects = wait.slowest.prefix(Self.mostSubjectsExplained)
      let lines = subjects.flatMap { subject in
        [about(subject, others: others(subject.state, wait.type))] + rows(of: subject.parts)
      }
      let left = wait.total - wait.reached - subjects.count
      let trouble = wait.trouble.map { ["  " + failing($0)] } ?? []
      return
        ([head(of: wait, at: now)] + trouble + lines + (left > 0 ? ["  and \(left) more"] : []))
        .joined(separator: "\n")
    }
    let left = waits.count - explained.count
    return (explained + (left > 0 ? ["and \(count(left, "more wait"))"] : []))
      .joined(separator: "\n") + "\n"
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
    var parts = ["\(wait.reached) of \(wait.needed) there"]
    switch (wait.isOver, wait.limit) {
    case (true, _): parts.append("ended after \(gone(elapsed))")
    case (false, let limit?): parts.append("\(gone(elapsed)) gone of \(gone(limit))")
    case (false, nil): parts.append("\(gone(elapsed)) gone")
    }
    parts.append(count(wait.calls, "call"))
    if let allowance = wait.allowance { parts.append("a budget of \(words(for: allowance))") }
    if let next = wait.nextLook {
      let pause = next.nanoseconds &- now.nanoseconds
      parts.append(pause > 0 ? "next look in \(gone(pause))" : "looking now")
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

  private func about(_ subject: WaitProgress.Waiting, others: WaitBook.Others?) -> String {
    var text = "  \(named(subject)): "
    if let finding = subject.finding {
      text += line(finding)
    } else {
      text += "\(line(subject.state)), seen so for \(gone(subject.nanoseconds))"
      if let entered = subject.entered { text += ", since \(line(entered)) by the API's clock" }
    }
    return text + (others.map { "; " + took($0) } ?? "")
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
  private func rows(of parts: [ConditionPart]) -> [String] {
    let texts = parts.map { String(repeating: " ", count: 2 * $0.depth) + line($0.text) }
    let widest = min(texts.map { DisplayWidth.of($0) }.max() ?? 0, Self.widestPart)
    return zip(parts, texts).map { part, text in
      let pad = String(repeating: " ", count: max(0, widest - DisplayWidth.of(text)))
      let seen = part.seen.map { pad + "   " + line($0) } ?? ""
      return "    " + word(for: part.truth) + " " + text + seen
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

import WaggleCatalogue
package import WaggleEval
package import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// What stopped a run, with the place, the calls that led there, and what to do about it.
extension Renderer {
  /// A fault, each line ended; nil for those that a user asked for: an exit, Ctrl-C, a closed pipe.
  package func text(of fault: Fault) -> String? {
    switch fault.cause {
    case .exit, .outputClosed: return others(of: fault)
    case .cancelled(.interrupted): return others(of: fault, after: "interrupted")
    case .cancelled(.terminated): return others(of: fault, after: "terminated")
    default: break
    }
    var lines = [style(.error, "error") + ": " + style(.message, headline(of: fault))]
    let notes = notes(of: fault)
    if let spot = fault.trace.first {
      var excerpt = Excerpt(
        spot, hint: "", label: .error, in: sources, LineTable(sources[spot.source]), style: style,
        width: width)
      for call in calls(in: fault.trace.dropFirst()) { excerpt.add("called from", call) }
      if let subject = fault.about { excerpt.add("looking at", line(subject)) }
      for note in notes { excerpt.add(note.label, note.text) }
      lines += excerpt.lines
    } else {
      lines += notes.map { "  = " + style(.advice, $0.label + ": ") + $0.text }
    }
    let whole = lines.map { $0 + "\n" }.joined()
    return ([whole] + fault.also.compactMap(text(of:))).joined(separator: "\n")
  }

  /// What else went wrong, in `defer` blocks, behind the one word for a run that somebody stopped.
  private func others(of fault: Fault, after word: String? = nil) -> String? {
    let lines = (word.map { [style(.error, $0) + "\n"] } ?? []) + fault.also.compactMap(text(of:))
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// The places of calls, innermost first, each once for all the times that it follows itself.
  private func calls(in trace: ArraySlice<Span>) -> [String] {
    var calls: [(span: Span, count: Int)] = []
    for span in trace {
      if let last = calls.indices.last, calls[last].span == span {
        calls[last].count += 1
      } else {
        calls.append((span, 1))
      }
    }
    let isCut = trace.endIndex >= Fault.mostPlaces
    let lines = calls.prefix(Self.mostCalls).enumerated().map { index, call in
      let times = call.count > 1 ? ", \(call.count) times" : ""
      return place(of: call.span) + times + (isCut && index == calls.count - 1 ? " and more" : "")
    }
    return lines + (calls.count > lines.count ? ["\(calls.count - lines.count) more"] : [])
  }

  /// How many calls of a trace are named.
  private static let mostCalls = 8
  /// How many subjects of a wait are named.
  private static let mostSubjects = 10

  /// A place as a message names it: `fleet-up.waggle:11:25`.
  package func place(of span: Span) -> String {
    let position = LineTable(sources[span.source]).position(of: Int(span.lower))
    return "\(sources[span.source].name):\(position.line):\(position.column)"
  }

  /// The words of a place on one line, without most of what is long.
  package func excerpt(of span: Span) -> String {
    let bytes = sources[span.source].text.utf8
    let spelled = bytes.dropFirst(Int(span.lower)).prefix(Int(span.upper) - Int(span.lower))
    let words = Substring(spelled).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return DisplayWidth.cut(line(words), to: Self.longestExcerpt)
  }

  /// The columns of an excerpt.
  private static let longestExcerpt = 60

  private typealias Note = (label: String, text: String)

  private func notes(of fault: Fault) -> [Note] {
    switch fault.cause {
    case .call(let call): notes(of: call)
    case .wait(let wait): notes(of: wait)
    case .value(.noField(let name, _, let candidates)): suggestion(for: name, among: candidates)
    case .several(let faults):
      faults.prefix(Self.mostSubjects).map { ("round \($0.round)", line($0.fault.message)) }
    default: []
    }
  }

  private func suggestion(for name: String, among candidates: [String]) -> [Note] {
    if let near = NearestName.of(name, among: candidates) {
      return [("help", "did you mean `\(near)`?")]
    }
    guard !candidates.isEmpty, candidates.count <= Self.mostSubjects else { return [] }
    return [("help", "it has " + candidates.map { "`\(line($0))`" }.joined(separator: ", "))]
  }

  private func notes(of call: CallFault) -> [Note] {
    var notes: [Note] = []
    if let status = call.status {
      let command = Catalogue.beeOS.operation(id: call.operation)?.command ?? call.operation
      notes.append(("answer", "\(status) \(line(call.code)) to `\(command)`"))
    }
    if let request = call.requestID { notes.append(("request", line(request))) }
    if let tries = call.tries { notes.append(("tried", words(for: tries))) }
    if let advice = advice(for: call) { notes.append(("help", advice)) }
    return notes
  }

  /// `3 times in 2.4s; the next try, after 30s, would have been too late`.
  private func words(for tries: CallTries) -> String {
    func text(_ nanoseconds: Int) -> String {
      Duration(nanoseconds: nanoseconds / 1_000_000 * 1_000_000).text
    }
    let times = tries.count == 1 ? "once" : "\(tries.count) times in \(text(tries.nanoseconds))"
    guard let next = tries.next else { return times }
    return times + "; the next try, after \(text(next)), would have been too late"
  }

  private func advice(for call: CallFault) -> String? {
    if call.isOutcomeUnknown {
      return "look whether it was carried out before you run this again"
        + (call.look.map { ": `\(line($0))`" } ?? "")
    }
    switch (call.cause, call.status, call.code) {
    case (.heldBack, _, "read_only"): return "run without `--read-only` to allow it"
    case (.heldBack, _, "read_only_profile"):
      return "use another profile, or take `read-only` out of this one"
    case (.heldBack, _, "limit_changes"), (.heldBack, _, "limit_destroy"):
      return "this call was not sent; those before it were"
    case (.refused, 401?, _), (.lost, _, CallFault.lostStream): return call.remedy.map(line)
    case (.refused, 429?, _):
      return call.retryAfter.map { "try again in " + Duration(nanoseconds: $0).text }
    case (.refused, .some(500...), _): return "this may pass: try again"
    default: return nil
    }
  }

  private func notes(of wait: WaitFault) -> [Note] {
    var notes = wait.unmet.prefix(Self.mostSubjects).map { unmet -> Note in
      let name = unmet.last.flatMap { $0["name"] }.map { " (\(line($0.plainText)))" } ?? ""
      return (line(unmet.id) + name, line(unmet.finding))
    }
    notes += wait.obstacles.map { ("last seen", line($0)) }
    let left = wait.unmet.count - min(wait.unmet.count, Self.mostSubjects)
    if left > 0 { notes.append(("and", "\(left) more")) }
    if let trouble = wait.trouble { notes.append(("the last look failed", line(trouble))) }
    return notes
  }

  /// The sentence at the head; what follows as notes is not said twice.
  private func headline(of fault: Fault) -> String {
    switch fault.cause {
    case .wait(let wait): line(wait.headline)
    case .several(let failures):
      failures.count == 1
        ? "1 round of the loop failed" : "\(failures.count) rounds of the loop failed"
    default: line(fault.message)
    }
  }
}

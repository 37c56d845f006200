import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// Where an effect happens: its site, the counters as they stand, and the calls that led there.
///
/// Taken when the effect is performed; the text is made of it only when somebody reads it. Calls may
/// be as deep as many stacks, so nothing here goes through them by calling itself.
final class KeyLink: Sendable {
  /// A site of a call or an effect, with its counters.
  struct Step: Sendable {
    let site: Site
    let counters: [Int]
  }

  /// The effect's own first, the outermost call's last.
  private let steps: [Step]

  init(_ steps: [Step]) {
    self.steps = steps
  }

  /// The path: `step "start"/for#1[17]/start#1`, behind that of the call that led there.
  func text() -> String {
    var text = ""
    for step in steps.reversed() {
      if !text.isEmpty { text += "/" }
      var counters = step.counters.makeIterator()
      for part in step.site.parts {
        switch part {
        case .text(let piece): text += piece
        case .counter: text += String(counters.next() ?? 0)
        }
      }
    }
    return text
  }

  /// The path of an item of a stream.
  func text(item: Int) -> String { "\(text())/item[\(item)]" }

  /// The path of one element of a fan-out, or of one round.
  func text(element: Int) -> String { "\(text())[\(element)]" }
}

extension Frame {
  /// Notes where an effect happens.
  func link(to site: Site) -> KeyLink {
    var steps = [KeyLink.Step(site: site, counters: site.counters(in: slots))]
    var call = state.pointee.call
    while let record = call?.pointee {
      let site = record.node.takeUnretainedValue().site
      steps.append(KeyLink.Step(site: site, counters: site.counters(in: record.slots)))
      call = record.caller
    }
    return KeyLink(steps)
  }

  /// Performs an effect of a site, or of one element of it.
  func perform(
    _ effect: Effect, site: Site, element: Int? = nil, at span: Span
  ) throws(Raise) -> Value {
    let link = link(to: site)
    let key = EffectKey { element.map(link.text(element:)) ?? link.text() }
    return try run.perform(effect, key: key, on: machine.strand, at: span)
  }
}

extension Site {
  /// The counters of the site as they stand in a frame.
  fileprivate func counters(in slots: UnsafeMutablePointer<Value>) -> [Int] {
    parts.compactMap { part in
      guard case .counter(let slot) = part, case .int(let number) = slots[slot] else { return nil }
      return number
    }
  }
}

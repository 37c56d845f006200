import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// Where an effect happens: its site, the counters as they stand, and the calls that led there.
///
/// Taken when the effect is performed; the text is made of it only when somebody reads it.
final class KeyLink: Sendable {
  private let site: Site
  private let counters: [Int]
  private let caller: KeyLink?

  init(site: Site, counters: [Int], caller: KeyLink?) {
    self.site = site
    self.counters = counters
    self.caller = caller
  }

  /// The path: `step "start"/for#1[17]/start#1`, behind that of the call that led there.
  func text() -> String {
    var text = caller.map { $0.text() + "/" } ?? ""
    var counters = counters.makeIterator()
    for part in site.parts {
      switch part {
      case .text(let piece): text += piece
      case .counter: text += String(counters.next() ?? 0)
      }
    }
    return text
  }

  /// The path of one element of a fan-out, or of one round.
  func text(element: Int) -> String { "\(text())[\(element)]" }
}

extension Frame {
  /// Notes where an effect happens.
  func link(to site: Site) -> KeyLink {
    KeyLink(
      site: site, counters: site.counters(in: slots), caller: state.pointee.call.map(callLink))
  }

  private func callLink(_ call: UnsafePointer<CallRecord>) -> KeyLink {
    let record = call.pointee
    let site = record.node.takeUnretainedValue().site
    return KeyLink(
      site: site, counters: site.counters(in: record.slots),
      caller: record.caller.map(callLink))
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

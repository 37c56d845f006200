import WaggleCheck
import WaggleText
import WaggleValues

/// The one walk through a stream: each item is an effect, `for#1/item[3]`.
///
/// Whoever begins one must `end` it, however the walk is left.
struct StreamWalk {
  private let stream: Stream
  private let link: KeyLink
  private let span: Span

  /// Claims a stream; throws where it was walked before.
  init(_ stream: Stream, site: Site, _ f: Frame, at span: Span) throws(Raise) {
    guard stream.take() else { throw Raise(.walkedBefore, at: span) }
    self.stream = stream
    link = f.link(to: site)
    self.span = span
  }

  /// Waits for an item; nil at the end of the stream.
  func item(_ index: Int, _ f: Frame) throws(Raise) -> Value? {
    let key = EffectKey { [link] in link.text(item: index) }
    let found = try f.run.perform(.item(stream), key: key, on: f.machine.strand, at: span)
    guard case .list(let list) = found else { return nil }
    return list.elements.first
  }

  /// Lets go of the stream.
  func end() { stream.close() }
}

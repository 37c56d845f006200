package import WaggleTime

/// A stream that keeps what it gives, so that whoever listens to calls is told of it when it ends.
///
/// It ends where the server ends it, where it breaks off, or where its reader lets go of it. What is
/// kept has a bound, and ends with a whole line where more came: no half of a secret is told.
package final class KeptStream: ReplyStream {
  /// The most bytes that are kept.
  package static let most = 64 << 10

  private struct Kept {
    var bytes: [UInt8] = []
    var isFull = false
    var isTold = false
  }

  private let stream: any ReplyStream
  private let clock: any Strands
  private let tell: @Sendable ([UInt8], Instant) -> Void
  private let kept = Guarded(Kept())

  /// Stands before a stream; what came is told once, with the moment of the end.
  package init(
    _ stream: any ReplyStream, clock: any Strands,
    tell: @escaping @Sendable ([UInt8], Instant) -> Void
  ) {
    self.stream = stream
    self.clock = clock
    self.tell = tell
  }

  deinit { end() }

  /// Gives what has come, as the stream does.
  package func next(on strand: Strand) throws(CallFault) -> [UInt8]? {
    do throws(CallFault) {
      let bytes = try stream.next(on: strand)
      if let bytes { keep(bytes) } else { end() }
      return bytes
    } catch {
      end()
      throw error
    }
  }

  /// Lets go of the stream.
  package func close() {
    stream.close()
    end()
  }

  private func keep(_ bytes: [UInt8]) {
    kept.withLock { kept in
      guard !kept.isFull else { return }
      kept.bytes += bytes.prefix(Self.most - kept.bytes.count + 1)
      guard kept.bytes.count > Self.most else { return }
      kept.isFull = true
      let end = kept.bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      kept.bytes.removeLast(kept.bytes.count - end)
    }
  }

  private func end() {
    let bytes = kept.withLock { kept -> [UInt8]? in
      guard !kept.isTold else { return nil }
      kept.isTold = true
      return kept.bytes
    }
    if let bytes { tell(bytes, clock.now) }
  }
}

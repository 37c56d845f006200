import WaggleTime

/// What happened in a run, in order, written down from any strand.
final class Timeline: Sendable {
  private let lines = Guarded<[String]>([])

  func note(_ text: String, _ strand: Strand) {
    let line = "\(strand.now.nanoseconds / 1_000_000) \(strand.key) \(text)"
    lines.withLock { $0.append(line) }
  }

  var all: [String] { lines.withLock { $0 } }
}

/// Milliseconds as the nanoseconds that parks take.
func ms(_ count: Int) -> Int { count * 1_000_000 }

/// Runs a body as the main strand of a virtual clock that starts at 0.
func virtually<R>(
  seed: UInt64 = 1, token: Token = Token(), _ body: (Strand) -> R
) -> R {
  VirtualStrands(seed: seed, start: Instant(nanoseconds: 0)).main(token: token, body)
}

extension Strand {
  /// Runs rounds named `for#1[n]` under the strand's own token.
  func rounds(_ count: Int, width: Int, _ body: (Int, Strand) -> Bool) {
    let prefix = key.isEmpty ? "" : key + "/"
    parallel(
      rounds: count, width: width, token: token, name: { "\(prefix)for#1[\($0)]" }, body: body)
  }
}

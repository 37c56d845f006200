import Glibc
import Synchronization
import WaggleTime
import WaggleValues
import WaggleWait

/// The file of `--events`: a line of JSON for each change of a subject that is waited for.
///
/// Each line is written whole and at once, so that another program may follow it.
final class EventFile: Sendable {
  private let file: Int32
  private let vault: SecretVault
  private let hasFailed = Mutex(false)
  /// Told once why nothing more is written.
  private let complain: @Sendable (String) -> Void

  /// Opens the file, for its owner alone; what it held is gone.
  init(
    path: String, shown: String, vault: SecretVault,
    complain: @escaping @Sendable (String) -> Void
  ) throws(UsageError) {
    self.vault = vault
    self.complain = complain
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .noEvents(shown, errno) }
  }

  deinit { close(file) }

  /// Writes a change.
  func add(_ change: WaitProgress.Change, of wait: WaitProgress) {
    let fields: [(String, Value)] = [
      ("strand", .text(wait.strand)), ("id", .text(change.id)),
      ("name", change.name.map(Value.text) ?? .null),
      ("from", change.from.map(Value.text) ?? .null), ("to", .text(change.to)),
      ("at", .text(Timestamp(nanoseconds: wait.at.nanoseconds).text)),
      ("elapsed", .float(Double(wait.elapsed / 1_000_000) / 1_000)), ("calls", .int(wait.calls)),
    ]
    put(vault.clean(Value.record(pairs: fields).json()) + "\n")
  }

  private func put(_ line: String) {
    let failure = hasFailed.withLock { hasFailed -> Int32 in
      guard !hasFailed else { return 0 }
      let failure = DescriptorSink(descriptor: file).write(Array(line.utf8))
      hasFailed = failure != 0
      return failure
    }
    guard failure != 0 else { return }
    complain("warning: the events end here: \(String(cString: strerror(failure)))\n")
  }
}

extension UsageError {
  /// A file for `--events` that cannot be opened.
  fileprivate static func noEvents(_ path: String, _ reason: Int32) -> UsageError {
    UsageError("`--events \(path)` cannot be written: \(String(cString: strerror(reason)))")
  }
}

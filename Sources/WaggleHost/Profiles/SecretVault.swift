import Synchronization
import WaggleValues

/// The secrets that this process has met, so that no log, error or history has one of them in it.
final class SecretVault: Sendable {
  private let secrets = Mutex<[String]>([])

  /// A shorter text is not searched for: it would be found everywhere.
  static let shortest = 8

  /// Remembers a secret.
  @Sendable func learn(_ secret: Secret) {
    let text = secret.revealed
    guard text.utf8.count >= Self.shortest else { return }
    secrets.withLock { if !$0.contains(text) { $0.append(text) } }
  }

  /// What was met so far.
  var known: [String] { secrets.withLock { $0 } }
}

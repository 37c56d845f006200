import Synchronization
import WaggleValues

/// The secrets that this process has met, so that no log, error or history has one of them in it.
///
/// It is the second net: what is known to be secret by its place is taken out before (`BodyMask`).
/// This one searches text that is about to be written for every secret that went by, and for what
/// reads like a key or a token.
final class SecretVault: Sendable {
  private let secrets = Mutex<[[UInt8]]>([])

  /// A shorter text is not searched for: it would be found everywhere.
  static let shortest = 8

  /// Remembers a secret.
  @Sendable func learn(_ secret: Secret) {
    let text = Array(secret.revealed.utf8)
    guard text.count >= Self.shortest else { return }
    secrets.withLock { secrets in
      guard !secrets.contains(text) else { return }
      secrets.append(text)
      // A secret that holds another one goes first, so that no part of it is left.
      secrets.sort { $0.count > $1.count }
    }
  }

  /// Remembers every secret in a value; where `isAll`, every text in it is one.
  func learn(from value: Value, isAll: Bool = false) {
    switch value {
    case .secret(let secret): learn(secret)
    case .text(let text) where isAll: learn(Secret(text))
    case .list(let list): for element in list.elements { learn(from: element, isAll: isAll) }
    case .record(let record): for (_, value) in record { learn(from: value, isAll: isAll) }
    default: break
    }
  }

  /// What was met so far.
  var known: [String] { secrets.withLock { $0 }.map { String(decoding: $0, as: UTF8.self) } }

  /// The text with a mask in the place of each secret.
  func clean(_ text: String) -> String {
    let known = secrets.withLock { $0 }
    var bytes = Array(text.utf8)
    var isChanged = false
    for secret in known where Self.holds(bytes, secret) {
      bytes = bytes.replacing(secret, with: Array(Secret.mask.utf8))
      isChanged = true
    }
    let masked = KeyPattern.masked(bytes)
    guard isChanged || masked != nil else { return text }
    return String(decoding: masked ?? bytes, as: UTF8.self)
  }

  private static func holds(_ bytes: [UInt8], _ sought: [UInt8]) -> Bool {
    guard let first = sought.first, bytes.count >= sought.count else { return false }
    let last = bytes.count - sought.count
    for start in 0...last where bytes[start] == first && bytes[start...].starts(with: sought) {
      return true
    }
    return false
  }
}

import WaggleClient
import WaggleHTTP

/// A named way to use the API: where it is, who calls, and how careful to be.
///
/// What a profile does not say is as it would be without one.
struct Profile: Equatable, Sendable {
  /// What `--profile` calls it.
  let name: String
  /// Where the API is; nil for the usual place.
  var endpoint: Endpoint?
  /// Where its key comes from; nil for the one that `waggle login` stored.
  var key: KeySource?
  /// How often it may call; nil for no limit.
  var rate: Rate?
  /// Whether it refuses every call that changes something.
  var isReadOnly = false
  /// Whether its prompt is red and destroying has to be confirmed.
  var isProduction = false

  /// The one that is used where no other is named; it need not be written down.
  static let usualName = "default"

  /// The origin that its key belongs to.
  var home: Endpoint { endpoint ?? .standard }

  /// Whether a name can be that of a profile, which names a file too.
  static func isName(_ name: String) -> Bool {
    1...64 ~= name.utf8.count && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.allSatisfy { byte in
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
          || "-_.".utf8.contains(byte)
      }
  }
}

/// Where the key of a profile comes from.
enum KeySource: Hashable, Sendable {
  /// A file that holds it, by its whole path.
  case file(String)
  /// A program that prints it, with its arguments.
  case program([String])
}

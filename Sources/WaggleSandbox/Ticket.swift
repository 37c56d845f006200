/// A ticket for a session at a terminal or a canvas, in the form of a JWT signed by RS256.
///
/// Its signature is a fake: 256 bytes out of the world's seed that no key verifies. Nothing in the
/// sandbox takes a ticket, so it opens nothing either.
struct Ticket: Sendable {
  /// How long one holds, in milliseconds.
  static let life = 60_000

  let text: String

  /// Makes a ticket; moments are milliseconds since 1970.
  init(session: String, kind: String, instance: String, owner: Owner, at now: Int, _ draws: Draws) {
    var claims = ObjectWriter()
    claims.member("iss", "waggle-sandbox")
    claims.member("aud", kind)
    claims.member("sub", owner.rawValue)
    claims.member("instanceId", instance)
    claims.member("jti", session)
    claims.member("iat", now / 1000)
    claims.member("exp", (now + Self.life) / 1000)
    claims.end()
    let header = Array(#"{"alg":"RS256","typ":"JWT","kid":"sandbox"}"#.utf8)
    let own = draws.of("ticket \(session)")
    let signature = (0..<32).flatMap { place in
      let number = own.number("signature", place)
      return (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
    text = [header, claims.bytes, signature].map(Self.base64URL).joined(separator: ".")
  }

  /// Base64 with `-` and `_` and without padding (RFC 4648, section 5).
  static func base64URL(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      let bits = three.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - three.count))
      for place in 0...three.count { text.append(letters[bits >> (18 - 6 * place) & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

import WaggleCatalogue
package import WaggleValues

/// The key of an API as a header carries it, or why there is none to send.
///
/// A key with a line break in it would end the header and begin another, so only what a bearer
/// token may hold (RFC 6750: visible ASCII) is ever sent. The key itself is never shown.
package enum BearerKey: Sendable {
  /// A key that may be sent: the whole value of the `authorization` header.
  case sound(header: String)
  /// No key is set.
  case missing
  /// What is set cannot be a key; the text says why, without the key.
  case unusable(String)

  /// The most bytes that a key may have; a token of the API has some hundreds.
  static let longest = 8_192

  /// Takes the key out of an answer: a server that echoes it must not bring it onto a screen.
  func masked(in answer: WireResponse) -> WireResponse {
    guard let secret else { return answer }
    var masked = maskedHeaders(of: answer)
    masked.body = answer.body.replacing(Array(secret.utf8), with: Array(Self.mask.utf8))
    return masked
  }

  /// Takes the key out of the headers of an answer alone.
  func maskedHeaders(of answer: WireResponse) -> WireResponse {
    guard let secret else { return answer }
    let length = secret.utf8.count
    var masked = answer
    for (index, header) in answer.headers.enumerated() where header.value.utf8.count >= length {
      masked.headers[index].value = header.value.replacing(secret, with: Self.mask)
    }
    return masked
  }

  private static let mask = "••••"

  /// The fewest bytes that a key may have: a shorter one could stand in any word, so nothing that
  /// is shown could be kept clear of it.
  static let shortest = 8

  /// The key alone.
  private var secret: Substring? {
    guard case .sound(let header) = self else { return nil }
    return header.dropFirst("Bearer ".utf8.count)
  }

  /// Judges a key.
  package init(_ key: Secret?) {
    guard let text = key?.revealed, !text.isEmpty else {
      self = .missing
      return
    }
    let bytes = text.utf8
    if bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      self = .unusable("it holds a line break")
    } else if bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      self = .unusable("it holds a space or a control character")
    } else if bytes.contains(where: { $0 >= 0x80 }) {
      self = .unusable("it holds a character outside ASCII")
    } else if bytes.count < BearerKey.shortest {
      self = .unusable("it is shorter than \(BearerKey.shortest) characters")
    } else if bytes.count > BearerKey.longest {
      self = .unusable("it is longer than \(BearerKey.longest) bytes")
    } else {
      self = .sound(header: "Bearer " + text)
    }
  }
}

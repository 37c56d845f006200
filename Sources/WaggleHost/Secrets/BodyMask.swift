import WaggleCatalogue
import WaggleValues

/// Takes the secrets out of what goes over a wire, by the places that secrets have.
///
/// A field is secret that the catalogue marks as one, and one whose name says so wherever it stands:
/// an unknown answer may hold it. Of an address the query is taken out, for that is where a signature
/// stands. What is left goes through the vault.
struct BodyMask {
  let vault: SecretVault

  /// Names of fields that hold secrets, in small letters without `_` and `-`.
  private static let names: Set<String> = [
    "token", "secret", "password", "ticket", "apikey", "apikeys", "authorization", "credential",
    "credentials", "config", "providerconfig", "accesstoken", "refreshtoken", "uploadurl",
  ]

  /// A body as a log may have it; nil where it has none, or none that is text.
  func text(of body: [UInt8], _ operation: Operation) -> String? {
    guard !body.isEmpty else { return nil }
    if let value = json(body, operation) { return vault.clean(value.json()) }
    return String(validating: body, as: UTF8.self).map { vault.clean($0) }
  }

  /// What is JSON without the secrets that have a place; nil for anything else.
  func json(_ body: [UInt8], _ operation: Operation) -> Value? {
    var reader = JSONReader()
    do throws(JSONError) {
      let secrets = Set(operation.body.filter(\.isSecret).map { Self.folded($0.name) })
      return masked(try reader.read(body), secrets)
    } catch {
      return nil
    }
  }

  /// What came in answer to a call, as a log may have it.
  func text(of answer: WireResponse, _ operation: Operation) -> String? {
    answer.isEventStream
      ? events(of: answer.body, operation) : text(of: answer.body, operation)
  }

  /// An address as a log may have it.
  func address(_ text: String) -> String {
    guard let query = text.firstIndex(of: "?") else { return vault.clean(text) }
    return vault.clean(String(text[...query])) + Secret.mask
  }

  /// The query of a request as a log may have it, with its `?`; empty without one.
  ///
  /// Of a request of the script's own only the names are shown: nobody knows which value is secret.
  func query(of exchange: WireExchange) -> String {
    let sent = exchange.request.query
    guard !sent.isEmpty else { return "" }
    guard exchange.call.operation.isRequest else { return "?" + vault.clean(sent) }
    return "?" + queryPairs(of: exchange).map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  /// The same as names and values.
  func queryPairs(of exchange: WireExchange) -> [(name: String, value: String)] {
    guard exchange.call.operation.isRequest else {
      return exchange.call.query.map { ($0.name, vault.clean($0.value.plainText)) }
    }
    return exchange.request.query.split(separator: "&").map { pair in
      (vault.clean(String(pair.prefix { $0 != "=" })), Secret.mask)
    }
  }

  private func masked(_ value: Value, _ secrets: Set<String>) -> Value {
    switch value {
    case .record(let record):
      return .record(
        Record(
          shape: record.shape,
          values: record.map { self.masked($0.value, of: Self.folded($0.key), secrets) }))
    case .list(let list):
      // No deeper than it was, so it is made.
      return .list((try? List(list.elements.map { self.masked($0, secrets) })) ?? List())
    case .text(let text) where text.hasPrefix("https://") || text.hasPrefix("http://"):
      return .text(address(text))
    default: return value
    }
  }

  private func masked(_ field: Value, of name: String, _ secrets: Set<String>) -> Value {
    guard secrets.contains(name) || Self.names.contains(name) else { return masked(field, secrets) }
    vault.learn(from: field, isAll: true)
    switch field {
    case .null, .bool: return field
    default: return .text(Secret.mask)
    }
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" }
  }
}

import WaggleCatalogue
import WaggleTime
import WaggleValues

/// Remembers the secrets of calls and answers on their way, for whatever is written later.
final class SecretKeeper: Gateway {
  private let gateway: any Gateway
  private let vault: SecretVault

  /// Stands before a gateway.
  init(_ gateway: any Gateway, _ vault: SecretVault) {
    self.gateway = gateway
    self.vault = vault
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    learn(call)
    let reply = try gateway.send(call, on: strand)
    if call.operation.givesSecrets { vault.learn(from: reply.data) }
    return reply
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    learn(call)
    return try gateway.open(call, on: strand)
  }

  private func learn(_ call: Call) {
    guard let body = call.body else { return }
    for (name, value) in body {
      let isSecret = call.operation.body.contains { $0.name == name && $0.isSecret }
      vault.learn(from: value, isAll: isSecret)
    }
  }
}

extension Operation {
  /// Whether an answer has a field that is secret.
  fileprivate var givesSecrets: Bool {
    guard case .record(let type) = success.shape else { return false }
    return type.fields.contains { if case .secret = $0.schema { true } else { false } }
  }
}

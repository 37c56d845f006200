import WaggleCatalogue
import WaggleHTTP
import WaggleTime
import WaggleValues

/// The API behind a key that a profile keeps: it is asked for with the first call, and then kept.
///
/// A run without calls asks nobody for a passphrase. Of several strands that call at once one gets
/// the key and the others wait for it.
final class KeyedGateway: Gateway, Transfer {
  private enum State {
    case unasked
    case asking(Completion)
    case open(HTTPGateway, Secret)
  }

  private let gateway: HTTPGateway
  private let reader: KeyReader
  private let vault: SecretVault
  private let state = Guarded(State.unasked)

  /// Gives a gateway the key that a reader gets, which is remembered as a secret.
  init(_ gateway: HTTPGateway, _ reader: KeyReader, _ vault: SecretVault) {
    self.gateway = gateway
    self.reader = reader
    self.vault = vault
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try opened(for: call, on: strand).send(call, on: strand)
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try opened(for: call, on: strand).open(call, on: strand)
  }

  /// Carries bytes past the API, which needs no key.
  func send(_ parcel: Parcel, of call: Call, on strand: Strand) throws(CallFault) -> [UInt8] {
    try gateway.send(parcel, of: call, on: strand)
  }

  /// The key, where it was asked for already.
  var key: Secret? {
    state.withLock { if case .open(_, let key) = $0 { key } else { nil } }
  }

  /// The gateway with its key.
  private func opened(for call: Call, on strand: Strand) throws(CallFault) -> HTTPGateway {
    while true {
      let mine = Completion()
      let now = state.withLock { state in
        if case .unasked = state {
          state = .asking(mine)
          return State.unasked
        }
        return state
      }
      switch now {
      case .open(let gateway, _): return gateway
      case .unasked: return try ask(for: call, mine, on: strand)
      case .asking(let completion):
        if case .cancelled(let reason) = strand.park(for: completion) {
          throw .cancelled(call, reason, wasSent: false)
        }
      }
    }
  }

  private func ask(
    for call: Call, _ completion: Completion, on strand: Strand
  ) throws(CallFault) -> HTTPGateway {
    defer { completion.complete() }
    do throws(KeyReader.Trouble) {
      let key = try reader.read(on: strand)
      vault.learn(key)
      let keyed = gateway.keyed(by: key)
      state.withLock { $0 = .open(keyed, key) }
      return keyed
    } catch {
      state.withLock { $0 = .unasked }
      if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
      throw .noKey(call, error.message)
    }
  }
}

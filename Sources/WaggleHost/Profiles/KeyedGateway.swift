import WaggleCatalogue
import WaggleHTTP
import WaggleTime
import WaggleValues

/// The API behind a key that a profile keeps: it is asked for with the first call, and then kept.
///
/// A run without calls asks nobody for a passphrase. Of several strands that call at once one gets
/// the key and the others wait for it.
///
/// A key may expire while a script runs. One that the API took before and refuses now (401) is asked
/// for once more, by one strand for all of them, and the call is made again, for a refused one was
/// not carried out. Where the same key comes, or the new one is refused too, the refusal stands.
final class KeyedGateway: Gateway, Transfer {
  /// What the API made of a key so far.
  private enum Standing { case untried, taken, refused }

  private struct Opened {
    /// Which key of the run it is, from 1 on.
    let number: Int
    let key: Secret
    let gateway: HTTPGateway
    var standing = Standing.untried
  }

  private enum State {
    case unasked
    /// Somebody asks; what was used before, where this is for another key.
    case asking(Completion, before: Opened?)
    case open(Opened)
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
    try keyed(call, on: strand) { (gateway) throws(CallFault) in
      try gateway.send(call, on: strand)
    }
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try keyed(call, on: strand) { (gateway) throws(CallFault) in
      try gateway.open(call, on: strand)
    }
  }

  /// Carries bytes past the API, which needs no key.
  func send(_ parcel: Parcel, of call: Call, on strand: Strand) throws(CallFault) -> [UInt8] {
    try gateway.send(parcel, of: call, on: strand)
  }

  /// The key, where it was asked for already.
  var key: Secret? {
    state.withLock { if case .open(let opened) = $0 { opened.key } else { nil } }
  }

  private func keyed<R>(
    _ call: Call, on strand: Strand, _ attempt: (HTTPGateway) throws(CallFault) -> R
  ) throws(CallFault) -> R {
    let opened = try opened(after: nil, for: call, on: strand)
    do throws(CallFault) {
      let result = try attempt(opened.gateway)
      noteTaken(opened)
      return result
    } catch {
      guard error.cause == .refused, error.status == 401 else { throw error }
      let next = try self.opened(after: opened, for: call, on: strand)
      guard next.number != opened.number else { throw error }
      let result = try attempt(next.gateway)
      noteTaken(next)
      return result
    }
  }

  /// Notes that the API took a key, if it is still the one that is used.
  private func noteTaken(_ opened: Opened) {
    guard opened.standing == .untried else { return }
    state.withLock { state in
      guard case .open(var now) = state, now.number == opened.number, now.standing == .untried
      else { return }
      now.standing = .taken
      state = .open(now)
    }
  }

  /// The gateway with its key; after one that was refused another key, or the same where there is
  /// no other.
  private func opened(
    after refused: Opened?, for call: Call, on strand: Strand
  ) throws(CallFault) -> Opened {
    while true {
      let mine = Completion()
      let (now, isMine) = state.withLock { turn(&$0, after: refused, mine) }
      switch now {
      case .open(let opened): return opened
      case .asking(let completion, let before):
        if isMine { return try ask(for: call, completion, before: before, on: strand) }
        if case .cancelled(let reason) = strand.park(for: completion) {
          throw .cancelled(call, reason, wasSent: false)
        }
      case .unasked: continue
      }
    }
  }

  /// Begins to ask where nobody does and a key is wanted; gives how it stands, and whether the one
  /// who wanted to know is the one to ask.
  private func turn(
    _ state: inout State, after refused: Opened?, _ mine: Completion
  ) -> (State, Bool) {
    switch state {
    case .unasked: state = .asking(mine, before: nil)
    case .open(let now) where now.number == refused?.number && now.standing == .taken:
      state = .asking(mine, before: now)
    case .open, .asking: return (state, false)
    }
    return (state, true)
  }

  private func ask(
    for call: Call, _ completion: Completion, before: Opened?, on strand: Strand
  ) throws(CallFault) -> Opened {
    defer { completion.complete() }
    do throws(KeyReader.Trouble) {
      let key = try reader.read(on: strand)
      vault.learn(key)
      var opened = Opened(
        number: (before?.number ?? 0) + 1, key: key, gateway: gateway.keyed(by: key))
      if var before, before.key.revealed == key.revealed {
        before.standing = .refused
        opened = before
      }
      state.withLock { $0 = .open(opened) }
      return opened
    } catch {
      let reason = strand.cancellation
      // Who was interrupted says nothing of the key; one that cannot be had is not asked for again.
      var before = before
      if reason == nil { before?.standing = .refused }
      state.withLock { $0 = before.map(State.open) ?? .unasked }
      if let reason { throw .cancelled(call, reason, wasSent: false) }
      throw .noKey(call, (before == nil ? "" : "the key is no longer valid: ") + error.message)
    }
  }
}

import Synchronization

/// Stop or go on, as a tree: the run, a `timeout` in it, a parallel loop in that, one of its rounds.
///
/// What happens to a token happens to every token below it. A deadline needs no timer: a park ends
/// at the nearest of its own moment and the token's deadline. Cancelling wakes every strand that is
/// parked below. A shield stands beside the tree: `defer` runs under one, so that it can still send.
///
///     let run = Token()
///     let attempt = run.child(deadline: strand.now.advanced(by: 5_000_000_000))
///     strand.under(attempt) { … }
///
/// A token may be cancelled from any thread, but not inside a signal handler: it takes locks.
package final class Token: Sendable {
  /// A number that no other token of the tree has; the root's is 0.
  package let id: Int
  /// The moment at which work under the token stops: its own or the nearest above; nil for never.
  package let deadline: Instant?
  let deadlineID: Int
  let tree: TokenTree
  private let parent: Token?
  /// Whether the token stands under a shield that was made after a forced cancel, which stopped the
  /// work before it and is no reason to leave out the clean-up behind it.
  private let isBehindForce: Bool
  private let state = Atomic(0)

  /// Makes the root of a run, which has no deadline; at the prompt each line is a run.
  package convenience init() { self.init(tree: TokenTree(), parent: nil, deadline: nil) }

  private init(tree: TokenTree, parent: Token?, deadline own: Instant?) {
    let id = tree.nextID()
    self.id = id
    self.tree = tree
    self.parent = parent
    isBehindForce = parent?.isBehindForce ?? (tree.forced != 0)
    if let above = parent?.deadline, own.map({ above <= $0 }) ?? true {
      deadline = above
      deadlineID = parent?.deadlineID ?? id
    } else {
      deadline = own
      deadlineID = id
    }
  }

  /// Makes a token below this one; the nearer of the deadlines counts, the outer one in a tie.
  package func child(deadline: Instant? = nil) -> Token {
    Token(tree: tree, parent: self, deadline: deadline)
  }

  /// Makes a token that nothing but its own deadline and a forced cancel (a second Ctrl-C) ends; one
  /// that is made after that is ended by its deadline alone.
  package func shield(deadline: Instant? = nil) -> Token {
    Token(tree: tree, parent: nil, deadline: deadline)
  }

  /// Stops all work under the token; the first reason stands.
  package func cancel(_ reason: Cancellation) {
    guard set(reason) else { return }
    for strand in tree.parked where strand.token.isBelow(self) { strand.wake() }
  }

  /// Stops all work of the whole tree, that under shields too.
  package func force(_ reason: Cancellation) {
    guard tree.force(reason) else { return }
    for strand in tree.parked { strand.wake() }
  }

  /// Why work under the token is to stop, nil while it may go on; the outermost reason counts.
  package func cancellation(at now: Instant) -> Cancellation? {
    if let reason { return reason }
    guard let deadline, deadline <= now else { return nil }
    return .deadline(token: deadlineID)
  }

  /// The outermost reason that somebody gave, deadlines left aside.
  var reason: Cancellation? {
    var code = isBehindForce ? 0 : tree.forced
    var token: Token? = self
    while let here = token {
      let own = here.state.load(ordering: .acquiring)
      if own != 0 { code = own }
      token = here.parent
    }
    return Cancellation(code: code)
  }

  private func set(_ reason: Cancellation) -> Bool {
    state.compareExchange(expected: 0, desired: reason.code, ordering: .acquiringAndReleasing)
      .exchanged
  }

  private func isBelow(_ other: Token) -> Bool {
    var token: Token? = self
    while let here = token {
      if here === other { return true }
      token = here.parent
    }
    return false
  }
}

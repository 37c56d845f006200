extension Strand {
  /// Runs the rounds of a loop, so many at a time, each as a strand of its own, and waits for all.
  ///
  /// The calling thread works too and others are taken when there are any, so loops inside loops
  /// cannot block one another; with no thread to be had the rounds run one after another. Rounds
  /// start in the order of their indexes. The body runs on several threads at once and says after
  /// each round whether more may be started; those in flight are always waited for. A cancelled
  /// token does not keep rounds from starting: the body sees it on its strand. (Make the closures in
  /// nonisolated code: one made in top-level code of main.swift counts as the main actor's, and traps
  /// on another thread.)
  package func parallel(
    rounds: Int, width: Int, token: Token, name: (Int) -> String, body: (Int, Strand) -> Bool
  ) {
    guard rounds > 0 else { return }
    withoutActuallyEscaping(name) { name in
      withoutActuallyEscaping(body) { body in
        let loop = Loop(rounds: rounds, token: token, clock: clock, name: name, body: body)
        loop.run(for: self, width: min(max(width, 1), rounds))
      }
    }
  }
}

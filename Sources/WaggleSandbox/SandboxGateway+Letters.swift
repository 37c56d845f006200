import Glibc
package import WaggleTime

/// The letters of the world in a run.
extension SandboxGateway {
  /// Has letters taken out that are due by now.
  package func deliver(on strand: Strand) {
    guard let courier, world.hasWebhooks else { return }
    if strand.strands.isVirtual {
      world.deliver(by: courier, on: strand)
    } else {
      courier.attend(to: world, clock: strand.strands)
    }
  }

  /// Ends the run: what is due is taken out and arrives, unless the strand is to stop.
  ///
  /// - Returns: How many letters were not taken and would be tried again later.
  package func finishLetters(on strand: Strand) -> Int {
    guard let courier, world.hasWebhooks else { return 0 }
    deliver(on: strand)
    while world.hasLetters(at: strand.now), strand.cancellation == nil {
      var nothing: [pollfd] = []
      strand.attend(to: &nothing)
    }
    courier.rest()
    return world.lettersLeft
  }
}

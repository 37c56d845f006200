/// The clock of a run and its threads; see `WallStrands` and `VirtualStrands`.
package protocol Strands: AnyObject, Sendable {
  /// The moment now.
  var now: Instant { get }
  /// What the random numbers of the run are made from.
  var seed: UInt64 { get }
  /// Whether time is only counted, and passes when every strand is parked.
  var isVirtual: Bool { get }
  /// Runs a body on the calling thread as the main strand; one at a time.
  func main<R, E: Error>(token: Token, _ body: (Strand) throws(E) -> R) throws(E) -> R
}

/// What a strand needs of its clock, beyond what other rooms see of it.
protocol Clockwork: Strands {
  /// The threads that loops may take.
  var crew: Crew { get }
  /// Parks a strand of the calling thread.
  func park(_ strand: Strand, until: Instant?, for completion: Completion?) -> Wake
  /// Makes a parked strand look whether it may go on; from any thread.
  func wake(_ strand: Strand)
  /// Lets a worker run the strand whose work it was given.
  func start(_ strand: Strand, on worker: Worker)
  /// Puts the first round of a loop in line with the others; the calling thread runs it.
  func begin(_ strand: Strand)
  /// Waits until the rounds of a loop have ended, whatever else happens.
  func join(_ strand: Strand, _ completion: Completion)
  /// Takes a worker back at the end of its work, on its own thread.
  func retire(_ worker: Worker)
}

extension Clockwork {
  /// The main strand's place is the calling thread.
  func makeMain(token: Token) -> Strand {
    let berth = Berth()
    berth.measureFirst()
    return Strand(key: "", clock: self, token: token, berth: berth)
  }
}

/// How long to pause between looks: a tenth of the time waited so far, from 250 ms to 5 s.
///
/// So a change is seen no later than a tenth of the time that it took to come (300 ms at first, 5 s
/// at most), plus the round trip. Pauses are counted from the beginning of one look to that of the
/// next, for an answer tells what was when it was asked for. `every` fixes the pace.
///
/// Looks are made more often than that, never less often, where that costs little: no pause is
/// shorter for it than 250 ms, nor than looks at all of a type take a twelfth of the budget.
/// - Where three others or more of its kind got there before, in this run, a subject is looked at
///   in steps of an eighth of the stretch between the fastest of them and the slowest, while it is
///   in that stretch, and one step beyond.
/// - Where somebody told the quota, the pause is a twentieth of the time waited.
package enum Pace {
  /// What the budget bears beyond what the bound demands.
  struct Spare {
    /// The shortest pause, in nanoseconds.
    var pause = Int.max
    /// Whether the quota was told.
    var isTold = false
  }

  /// The shortest pause without `every`, in nanoseconds: 250 ms.
  package static let first = 250_000_000
  /// The longest pause without `every`, in nanoseconds: 5 s.
  package static let longest = 5_000_000_000
  /// The shortest pause that `every` may ask for: a look without a call must not take all time.
  package static let shortest = 1_000_000

  /// Says how long to pause after a look.
  ///
  /// - Parameters:
  ///   - waited: How long the wait had lasted when the look began.
  ///   - every: The pace that the script asks for; nil for the usual one.
  ///   - jitter: Drawn from 0..<1; shortens the pause by up to a twenty-fifth, so that programs that
  ///     were started together do not look together, and the bound holds all the same.
  /// - Returns: The nanoseconds from the beginning of that look to that of the next.
  package static func pause(after waited: Int, every: Int?, jitter: Double) -> Int {
    if let every { return max(every, shortest) }
    let usual = min(max(waited / 10, first), longest)
    return usual - Int(Double(usual / 25) * min(max(jitter, 0), 1))
  }

  /// Says how long to pause where more is known, at most as long as usual.
  ///
  /// - Parameters:
  ///   - waited: How long the wait had lasted when the look began.
  ///   - usual: The pause that the bound demands.
  ///   - others: How long the fastest and the slowest others took, in nanoseconds; nil if too few
  ///     are known.
  ///   - spare: What the budget bears.
  /// - Returns: The nanoseconds from the beginning of that look to that of the next.
  static func pause(
    after waited: Int, usual: Int, others: ClosedRange<Int>?, spare: Spare
  ) -> Int {
    let least = max(first, spare.pause)
    let pause = spare.isTold ? min(usual, max(waited / 20, least)) : usual
    guard let others else { return pause }
    let step = max((others.upperBound - others.lowerBound) / 8, least)
    guard waited - step < others.upperBound else { return pause }
    return min(pause, max(others.lowerBound - waited, 0) &+ min(step, pause))
  }
}

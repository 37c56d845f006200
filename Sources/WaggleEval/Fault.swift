package import WaggleCatalogue
package import WaggleText
package import WaggleTime
package import WaggleValues
package import WaggleWait

/// Why a run stopped, or what a `catch` caught: a closed cause and where it happened.
package struct Fault: Error, Sendable {
  /// The causes; the words for each stand in `Fault+Words`.
  package indirect enum Cause: Sendable {
    /// `fail "…"`.
    case fail(String)
    /// `assert` that did not hold.
    case assert(String)
    /// A value that an operation of values does not take.
    case value(ValueError)
    /// A value that a statement or a command does not take, in words.
    case misuse(String)
    /// A call that gave no reply.
    case call(CallFault)
    /// A `wait` that failed or ran out.
    case wait(WaitFault)
    /// A `timeout` block that ran out, after so many nanoseconds.
    case timeout(nanoseconds: Int)
    /// A file that could not be read or written.
    case file(FileFault)
    /// A program that did not run, or failed.
    case exec(ExecFault)
    /// Every strand waits for another.
    case deadlock
    /// Functions that call functions without end.
    case depth
    /// More memory than the run may have.
    case memory
    /// All failures of a `keep-going` loop, with the rounds they happened in.
    case several([(round: Int, fault: Fault)])
    /// Ctrl-C, SIGTERM, or work that is no longer wanted: no `catch` sees it.
    case cancelled(Cancellation)
    /// `exit N`: no `catch` sees it.
    case exit(Int)
    /// Standard output was closed by its reader: no `catch` sees it.
    case outputClosed
  }

  /// What happened.
  package let cause: Cause
  /// Where: the spot first, then the calls that led there, innermost first.
  package var trace: [Span]
  /// What went wrong besides: in `defer` blocks that ran on the way out, and changes of a fan-out of
  /// which nobody knows what became.
  package var also: [Fault] = []
  /// Of which subject of a `wait` a condition failed to be judged, as a person knows it; else nil.
  package var about: String?

  /// Whether a call may have been carried out though no answer says so.
  var isOutcomeUnknown: Bool {
    if case .call(let call) = cause { call.isOutcomeUnknown } else { false }
  }

  /// The most places that a trace keeps.
  package static let mostPlaces = 24

  /// Makes a fault; the evaluator adds the places.
  package init(_ cause: Cause, at trace: [Span] = []) {
    self.cause = cause
    self.trace = trace
  }
}

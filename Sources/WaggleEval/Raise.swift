import WaggleText
import WaggleValues

/// How a statement ended, apart from a fault.
enum Flow: UInt8 {
  /// The next statement comes.
  case on
  /// `continue`.
  case next
  /// `break`.
  case leave
  /// `return`; the value stands in the strand's state.
  case giveBack
}

/// A fault on its way out: one pointer wide, so that throwing it costs the hot paths nothing.
///
/// A `break`, `continue` or `return` that stands inside an expression travels as one too; it has no
/// cause then.
final class Raise: Error, @unchecked Sendable {
  /// What happened; nil where a statement only leaves an expression.
  let cause: Fault.Cause?
  /// How a statement left an expression; `on` for a fault.
  let flow: Flow
  private(set) var trace: [Span]
  private var also: [Fault]
  /// The subject of a `wait` that it is about.
  private var about: String?

  /// The most places that are kept: a recursion without end has very many.
  private static let mostPlaces = Fault.mostPlaces

  private init(cause: Fault.Cause?, flow: Flow, trace: [Span], also: [Fault]) {
    self.cause = cause
    self.flow = flow
    self.trace = trace
    self.also = also
  }

  convenience init(_ cause: Fault.Cause, at span: Span) {
    self.init(cause: cause, flow: .on, trace: [span], also: [])
  }

  /// A fault that comes from outside, or out of a round of a parallel loop.
  convenience init(_ fault: Fault) {
    self.init(cause: fault.cause, flow: .on, trace: fault.trace, also: fault.also)
    about = fault.about
  }

  convenience init(_ flow: Flow) { self.init(cause: nil, flow: flow, trace: [], also: []) }

  /// Notes a call that led to the fault.
  func pass(through span: Span) {
    if cause != nil, trace.count < Raise.mostPlaces { trace.append(span) }
  }

  /// Notes what went wrong on the way out.
  func add(_ raise: Raise) {
    if let fault = raise.fault { also.append(fault) }
  }

  /// The fault as others see it; nil for what only leaves an expression.
  var fault: Fault? {
    guard let cause else { return nil }
    var fault = Fault(cause, at: trace)
    fault.also = also
    fault.about = about
    return fault
  }

  /// The same places with another cause.
  func replacing(_ cause: Fault.Cause) -> Raise {
    Raise(cause: cause, flow: .on, trace: trace, also: also)
  }
}

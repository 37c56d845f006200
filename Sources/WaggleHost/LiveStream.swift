import WaggleCatalogue
import WaggleClient
import WaggleEval
import WaggleTime
import WaggleValues

/// A stream of the API as the evaluator walks it.
final class LiveStream: ItemSource {
  private let run: StreamRun
  private let fault: @Sendable (CallFault) -> Fault

  /// Hands on what a stream tells, its faults as those of a script.
  init(_ run: StreamRun, fault: @escaping @Sendable (CallFault) -> Fault) {
    self.run = run
    self.fault = fault
  }

  func next(on strand: Strand) throws(Fault) -> Value? {
    do throws(CallFault) { return try run.next(on: strand) } catch { throw fault(error) }
  }

  func close() { run.close() }
}

/// Keeps a value that one thread at a time reads or changes, for a few instructions.
///
/// It has a `Lock`, for the reason that that one gives.
package final class Guarded<Value>: @unchecked Sendable {
  private let lock = Lock()
  private var value: Value

  /// Makes it with its first value.
  package init(_ value: Value) { self.value = value }

  /// Runs a body that nobody else runs meanwhile, with the value.
  package func withLock<R, E: Error>(
    _ body: (inout Value) throws(E) -> R
  ) throws(E) -> R {
    try lock.withLock { () throws(E) in try body(&value) }
  }
}

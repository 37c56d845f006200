import WaggleCatalogue
import WaggleTime

/// Stands where the live API will be: every call fails, so that no script seems to have succeeded.
final class AbsentGateway: Gateway {
  private let hasKey: Bool

  /// Makes one; whether a key is set decides what it asks for.
  init(hasKey: Bool) { self.hasKey = hasKey }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let message =
      hasKey
      ? "this version of waggle reaches no API but its own sandbox: pass `--sandbox`"
      : "no API key is set: set BEEOS_API_KEY, or pass `--sandbox`, which is all that this version"
        + " of waggle reaches"
    throw CallFault(
      .unreachable, operation: call.operation.id, code: hasKey ? "no_gateway" : "no_key",
      message: message)
  }
}

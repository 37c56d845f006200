import WaggleClient
import WaggleTime

/// Whose key calls carry, and where to: what an API counts calls by.
///
/// It is told by where the key comes from, for the key itself is read with the first call only. Two
/// profiles that read the same file are one credential; so are all that a variable speaks for.
struct Credential: Hashable, Sendable {
  /// Where the key comes from.
  enum Source: Hashable, Sendable {
    /// The sandbox of this process, which gives its own.
    case sandbox
    /// The variable BEEOS_API_KEY.
    case environment
    /// What a profile names.
    case kept(KeySource)
    /// Nowhere: there is none.
    case none
  }

  /// The origin that it is sent to; nil for the sandbox.
  let origin: String?
  /// Where the key comes from.
  let source: Source
}

/// The request budgets of this process: one for each credential, whichever profiles use it.
final class RequestBudgets: Sendable {
  private let budgets = Guarded<[Credential: RequestBudget]>([:])

  /// The budget of a credential, which keeps to a rate from now on.
  func budget(of credential: Credential, rate: Rate?, at now: Instant) -> RequestBudget {
    budgets.withLock { budgets in
      if let budget = budgets[credential] {
        budget.keep(to: rate, at: now)
        return budget
      }
      let budget = RequestBudget(rate: rate)
      budgets[credential] = budget
      return budget
    }
  }
}

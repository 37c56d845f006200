import WaggleCatalogue

/// The page of what may go wrong with a call, from the table that the retry reads.
extension HelpBook {
  /// The page of failures, for the documentation.
  package static var resilience: String {
    var page = resilienceHead
    for entry in FailureTable.all {
      let status =
        switch entry.statuses {
        case nil: "–"
        case let range? where range.count == 1: "\(range.lowerBound)"
        case let range?: "\(range.lowerBound)–\(range.upperBound)"
        }
      let codes =
        entry.codes.isEmpty ? "any other" : entry.codes.map { "`\($0)`" }.joined(separator: " ")
      page += """
        | \(codes) | \(status) | \(entry.kind) | \(entry.read.words) | \(entry.change.words) | \
        \(entry.remark) |

        """
    }
    return page
  }

  private static let resilienceHead = """
    # When calls fail

    What is sent again by itself, what never is, and how long that takes.

    ## Overview

    A call that fails is sent again where that may be done and could help: up to 5 times in all,
    after pauses that are drawn below 0.5s, 1s, 2s and 4s, within 2 minutes. A `Retry-After` is kept
    to, in seconds or as a date, and a call that was refused for the number of calls (429) is tried
    again for those 2 minutes however often that is. Where the next try would come after the end of a
    `timeout`, the call fails at once.

    A change is sent again only where it is certain that it was not carried out, where the API calls
    it safe to repeat, or with its idempotency key, which is made once for a call. Any other change
    whose answer was lost fails, and the error says that its outcome is unknown and which command
    shows it. A read is always safe.

    The error that stands says how often the call was tried and for how long. Above all this stand the
    script's own `retry`, `wait`, which looks past trouble at its own pace, and the pages of a list,
    each of which is a call.

    When the API fails 5 times in a row, nothing is sent but one call from time to time, which finds
    out whether it is back: after 1s, then 2s, up to 30s. Calls wait for that while the outage is
    younger than 10s; later they fail at once, and the error says since when the API has been down and
    when it is tried again. The looks of a `wait` go on.

    All calls with one key share one budget, in the order in which they come, whichever round or
    profile makes them: `--rate 60/min` keeps them within a quota that you know, and no call is refused
    for it. Without it, Waggle learns the quota from the first refusals. Another key has its own.

    The pages of a list show their last records again on the next one, so that a record that slips from
    page to page while the list changes is given once and not lost; a list that stands still costs
    hardly a page more. A server that shows the same page for ever is an error.

    ## What each code means

    *Again* is after a pause, and *once* is one time more at most; *with its key* is again where the
    API promises that twice does no more than once, and else *look*: never by itself, for somebody has
    to see first what happened.

    This table is made from the one that the program reads: `scripts/accept` writes it anew.

    | code | status | kind | a read | a change | meaning |
    | --- | --- | --- | --- | --- | --- |

    """
}

extension FailureEntry.Repeat {
  fileprivate var words: String {
    switch self {
    case .yes: "again"
    case .once: "once"
    case .withKey: "with its key"
    case .look: "look"
    case .no: "no"
    }
  }
}

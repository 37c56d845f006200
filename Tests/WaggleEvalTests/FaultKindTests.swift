import Testing
import WaggleCatalogue
import WaggleEval
import WaggleTime

@Suite("The kinds of faults")
struct FaultKindTests {
  private func cause(of entry: FailureEntry, _ code: String) -> CallFault.Cause {
    if entry.statuses != nil { return .refused }
    switch entry.kind {
    case "api": return .malformed
    case "connection": return .unreachable
    case "cancelled": return .cancelled(.unwanted)
    default: return .heldBack
    }
  }

  @Test("a failure of a call is of the kind that its entry in the table says")
  func kinds() {
    for entry in FailureTable.all {
      for code in entry.codes.isEmpty ? ["something_new"] : entry.codes {
        let fault = CallFault(
          cause(of: entry, code), operation: "getInstance", status: entry.statuses?.lowerBound,
          code: code, message: "")
        #expect(Fault(.call(fault)).kind == entry.kind, "\(code)")
      }
    }
  }
}

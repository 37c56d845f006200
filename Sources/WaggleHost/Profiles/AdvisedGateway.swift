import WaggleCatalogue
import WaggleTime

/// Says of a key that the API does not take which one it was: a person has several.
final class AdvisedGateway: Gateway {
  private let gateway: any Gateway
  private let remedy: String?

  /// Stands before a gateway; the remedy completes "help: …" of a 401, nil where there is none.
  init(_ gateway: any Gateway, remedy: String?) {
    self.gateway = gateway
    self.remedy = remedy
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    do throws(CallFault) {
      return try gateway.send(call, on: strand)
    } catch {
      throw advised(error)
    }
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    do throws(CallFault) {
      return try gateway.open(call, on: strand)
    } catch {
      throw advised(error)
    }
  }

  private func advised(_ fault: CallFault) -> CallFault {
    guard fault.cause == .refused, fault.status == 401 else { return fault }
    var fault = fault
    fault.remedy = remedy
    return fault
  }
}

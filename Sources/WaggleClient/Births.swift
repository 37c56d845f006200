import Synchronization
package import WaggleCatalogue
package import WaggleTime
package import WaggleValues
package import WaggleWait

/// What the calls of a run have made, and when: a gateway may not know it everywhere at once.
///
/// Every call's reply is shown to it; a wait asks it for its subjects. Only moments of this run's
/// clock are kept, and only as long as they matter.
package final class Births: Sendable {
  private let moments = Mutex<[String: Instant]>([:])

  /// Begins with nothing.
  package init() {}

  /// Takes note of what a call has made, if it makes something: a 201, a 202 with an id of its own.
  package func note(_ data: Value, of call: Call, at now: Instant) {
    guard call.operation.makes, case .record(let record) = data, let type = record.type,
      let field = Catalogue.beeOS.entry(of: type)?.idField, case .text(let id)? = record[field]
    else { return }
    moments.withLock { moments in
      moments[id] = now
      if moments.count > Self.many { moments = moments.filter { Self.isYoung($0.value, now) } }
    }
  }

  /// The request, with the moments at which its subjects were made.
  package func dated(_ request: WaitRequest) -> WaitRequest {
    let moments = moments.withLock { $0 }
    guard !moments.isEmpty else { return request }
    return request.with(subjects: request.subjects.map { $0.made(at: moments[$0.id]) })
  }

  /// How many are kept before the old ones are thrown out.
  private static let many = 4_096

  private static func isYoung(_ birth: Instant, _ now: Instant) -> Bool {
    now < birth.advanced(by: Subject.grace)
  }
}

extension Operation {
  /// Whether it answers with something new.
  fileprivate var makes: Bool {
    method == "POST" && (success.status == 201 || success.status == 202)
  }
}

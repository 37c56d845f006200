package import WaggleValues

/// What one look showed of a subject; what the conditions of a `wait` are judged by.
package struct Look: Sendable {
  /// The subject's id.
  package let id: String
  /// The fresh record; the one seen or known last where the subject is gone, nil where there is none.
  package let record: Record?
  /// Whether the API no longer has the subject (404).
  package let isMissing: Bool
  /// Why the subject can no longer get anywhere by itself, nil while it can.
  package let end: WaitReason?
  let lifecycle: Lifecycle

  /// Makes a look; a desk makes them.
  package init(
    id: String, record: Record?, isMissing: Bool = false, end: WaitReason? = nil,
    lifecycle: Lifecycle
  ) {
    self.id = id
    self.record = record
    self.isMissing = isMissing
    self.end = end
    self.lifecycle = lifecycle
  }

  /// The condition `ready`: running and online.
  package var isReady: Bool { !isMissing && readiness.allSatisfy { $0.wanted == $0.actual } }

  /// The fields that `ready` looks at, what they should be and what they are; nil for an absent one.
  package var readiness: [(field: String, wanted: String, actual: String?)] {
    lifecycle.ready.map { ($0.field, $0.value, record?.text($0.field)) }
  }

  /// Its state, and where it is heading if that is elsewhere; nil where nothing says.
  package var standing: (state: String, heading: String?)? {
    guard let record, let state = record.text(lifecycle.status) else { return nil }
    let heading = lifecycle.desired.flatMap(record.text)
    return (state, heading == state ? nil : heading)
  }

  /// The condition `settled`: any end, the wanted one, a failure or none at all.
  package var isSettled: Bool {
    if isMissing || end != nil { return true }
    guard let record, let status = record.text(lifecycle.status) else { return false }
    return status == lifecycle.desired.flatMap(record.text) || lifecycle.isFinal(record)
  }

  /// The condition `gone`: no longer there, or terminated.
  package var isGone: Bool {
    if isMissing { return true }
    return record.map(lifecycle.isFinal) ?? false
  }
}

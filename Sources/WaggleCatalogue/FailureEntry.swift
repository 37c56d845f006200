/// A way in which a call can fail: how it is told, and what may be done about it.
///
/// One entry is data for the retry, the circuit, the words of a fault and the documentation alike.
package struct FailureEntry: Sendable {
  /// Whether the same call may be sent again by itself.
  package enum Repeat: String, Sendable, CaseIterable {
    /// After a pause.
    case yes
    /// After a short pause, and no more than that one time: it hardly ever helps.
    case once
    /// After a pause, where sending it twice does no more than once: an operation that the contract
    /// calls safe or harmless, or one with an idempotency key.
    case withKey
    /// Never: somebody has to look first what became of it.
    case look
    /// Never: it would fail again.
    case no
  }

  /// The codes that tell it; empty for all of its statuses that no other entry names.
  package let codes: [String]
  /// The HTTP statuses that it comes with; nil where no whole answer came.
  package let statuses: ClosedRange<Int>?
  /// The `kind` of the fault in a script.
  package let kind: String
  /// What may be done with a call that changes nothing.
  package let read: Repeat
  /// What may be done with a call that changes something.
  package let change: Repeat
  /// Whether it says that the host is in trouble, and not one agent, device or request.
  package let isOfHost: Bool
  /// What it means, in a line.
  package let remark: String
  /// Whether it also stands for its statuses with a code that nobody knows.
  let coversStatus: Bool

  init(
    _ codes: [String], _ statuses: ClosedRange<Int>?, _ kind: String = "api", read: Repeat,
    change: Repeat, isOfHost: Bool = false, coversStatus: Bool = false, _ remark: String
  ) {
    self.codes = codes
    self.statuses = statuses
    self.kind = kind
    self.read = read
    self.change = change
    self.isOfHost = isOfHost
    self.coversStatus = coversStatus || codes.isEmpty
    self.remark = remark
  }

  init(
    _ code: String, _ status: Int, read: Repeat, change: Repeat, isOfHost: Bool = false,
    coversStatus: Bool = false, _ remark: String
  ) {
    self.init(
      [code], status...status, read: read, change: change, isOfHost: isOfHost,
      coversStatus: coversStatus, remark)
  }
}

/// Sending a call a second time.
extension Call {
  /// Whether the same call may be sent again by itself after it failed like that.
  ///
  /// The table of failures says which may be at all; where it is not known whether a change was
  /// carried out, the operation decides: the contract calls it safe or harmless to repeat, or safe
  /// with the same key. Start, stop and destroy are none of these: somebody has to look first.
  package func mayRepeat(after fault: CallFault) -> Bool {
    switch verdict(on: fault) {
    case .yes, .once: true
    case .withKey: isHarmlessTwice
    case .look, .no: false
    }
  }

  /// Whether a second try after such a failure is the last one.
  package func mayRepeatOnce(after fault: CallFault) -> Bool { verdict(on: fault) == .once }

  private func verdict(on fault: CallFault) -> FailureEntry.Repeat {
    let entry = FailureTable.entry(for: fault)
    return operation.effect == .read ? entry.read : entry.change
  }

  private var isHarmlessTwice: Bool {
    switch operation.replay {
    case .safe, .harmlessDuplicate: true
    case .safeWithKey: key != nil && operation.key != nil
    case .checkFirst, .unsafe, .pointless: false
    }
  }
}

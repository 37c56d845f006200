package import WaggleCatalogue
package import WaggleTime
package import WaggleWait

/// What ended a wait without its records.
package enum WaitStop: Error {
  /// The wait itself: its time was up, or the subjects cannot get there.
  case fault(WaitFault)
  /// A look was answered by what will not pass: no credential, no permission.
  case call(CallFault)
  /// What the judge threw, as it is.
  case judge(any Error)
  /// The strand is to stop, for a reason from outside the wait.
  case cancelled(Cancellation)
  /// Every strand of the run waits for another.
  case deadlock
  /// Nothing says how records of that type are looked at.
  case cannotLook(type: String)
}

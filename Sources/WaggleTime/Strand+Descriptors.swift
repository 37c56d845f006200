package import Glibc

extension Strand {
  /// Looks at descriptors until one is ready, for a moment at most: 20 milliseconds.
  ///
  /// For what comes from this machine (a child process, somebody at the keyboard) and so takes no
  /// virtual time: there the strand keeps the baton. Whoever waits longer calls it again, after a
  /// look at `cancellation`.
  package func attend(to descriptors: inout [pollfd]) {
    _ = poll(&descriptors, nfds_t(descriptors.count), 20)
  }
}

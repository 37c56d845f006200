/// How often a call was tried, and for how long, before it was given up.
package struct CallTries: Sendable, Equatable {
  /// How many times it was tried.
  package let count: Int
  /// The time from the first try to the end of the last one, in nanoseconds.
  package let nanoseconds: Int
  /// After how many nanoseconds it could have been tried once more, which would have been too late;
  /// nil where it was not the time that ended it.
  package let next: Int?

  /// Makes a count of tries.
  package init(count: Int, nanoseconds: Int, next: Int? = nil) {
    self.count = count
    self.nanoseconds = nanoseconds
    self.next = next
  }
}

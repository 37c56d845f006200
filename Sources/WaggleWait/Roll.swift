package import WaggleValues

/// How a list can be asked for those that did not move: it is read in place of them, and who is
/// missing on it is asked for by a get.
///
/// That costs a call or two for a few subjects that are scattered over a long list, and for those
/// that are in no list of whole records.
package struct Rolls: Sendable {
  /// On which roll a subject stands for as long as it does not move, by what a look showed; nil for
  /// none.
  package let name: @Sendable (Record) -> String?
  /// Whether a roll shows whole records; else it says only who stands on it.
  package let showsRecords: Bool

  /// Makes what a topic needs to know of rolls.
  package init(showsRecords: Bool, name: @escaping @Sendable (Record) -> String?) {
    self.showsRecords = showsRecords
    self.name = name
  }
}

/// A page of a roll, as it came.
package struct RollPage: Sendable {
  /// Who stands on it: whole records, or what is in their place.
  package let records: [(id: String, record: Record)]
  /// How many pages the roll has, where that is known.
  package let length: Int?
  /// Whether another page follows.
  package let hasMore: Bool
  /// What to ask for to get it, where pages have no numbers.
  package let place: String?

  /// Makes a page.
  package init(
    _ records: [(id: String, record: Record)], length: Int? = nil, hasMore: Bool,
    place: String? = nil
  ) {
    self.records = records
    self.length = length
    self.hasMore = hasMore
    self.place = place
  }
}

/// How far a round has read a roll.
struct RollCall {
  /// How many pages were asked for.
  var pages = 1
  var hasMore = false
  var place: String?
}

import WaggleTime

/// A round of looks at the subjects of one type, under way.
struct Tick {
  let number: Int
  let begun: Instant
  /// Whether it reads pages, of the whole list or of rolls.
  private(set) var isSweep: Bool
  /// Whether it reads one subject to see whether gets are answered where lists are not.
  var isProbe = false
  /// The wait on whose account the calls are.
  let account: Int
  /// What is still to be given out.
  var pending: [Errand.What]
  /// How many calls are under way.
  var running = 0
  /// When the last call was sent that nothing was heard of; nil where all were answered.
  var unanswered: Instant?
  /// The subjects that it is for and has not shown yet.
  var wanted: Set<String>
  /// The pages that were read or are to be.
  var pages: Set<Int>
  /// How many subjects were seen to have left the roll that they stood on.
  var moved = 0
  /// The rolls that it reads.
  var rolls: [String: RollCall]
  /// When it last told what it had.
  var toldAt: Instant
  /// How long its slowest call took, in nanoseconds.
  var slowest = 0
  /// Whether a call failed, so that the rest is left to the next round.
  var isTroubled = false
  /// The subjects that pages showed and gets confirm.
  var doubted: Set<String> = []
  /// Whether such a get showed something else than the page.
  var isBelied = false
  /// Whether what the pages did not show is being asked for one by one.
  var isConfirming = false

  /// Whether nothing is under way or to be given out.
  var isIdle: Bool { pending.isEmpty && running == 0 }

  /// How many pages it has asked for.
  var pageCount: Int { rolls.values.reduce(pages.count) { $0 + $1.pages } }

  init(
    number: Int, begun: Instant, account: Int, pages: [Int] = [], rolls: [String] = [],
    gets: [String] = [], wanted: Set<String>
  ) {
    self.number = number
    self.begun = begun
    self.account = account
    self.wanted = wanted
    self.pages = Set(pages)
    self.rolls = Dictionary(uniqueKeysWithValues: rolls.map { ($0, RollCall()) })
    isSweep = !pages.isEmpty || !rolls.isEmpty
    pending =
      pages.map(Errand.What.page) + rolls.map { .roll($0, page: 0) } + gets.map(Errand.What.get)
    toldAt = begun
  }

  /// A get was answered: the list is tried again in the same round, for all.
  mutating func goOn(with pages: [Int], for wanted: Set<String>) {
    isProbe = false
    isSweep = true
    self.pages = Set(pages)
    self.wanted = wanted
    pending = pages.map(Errand.What.page)
  }

  /// A call was answered after so many nanoseconds; gives when the round told what it had.
  mutating func ended(after took: Int) -> Instant {
    running -= 1
    if running == 0 { unanswered = nil }
    slowest = max(slowest, took)
    return toldAt
  }
}

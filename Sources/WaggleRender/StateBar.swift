import WaggleWait

/// How many subjects are in which state, as a bar: those that are furthest first.
struct StateBar {
  /// The bar, as wide as was asked for.
  let text: String

  /// The fewest columns that a bar has.
  static let least = 8
  /// The most.
  static let most = 30
  /// What fills the columns of a state: full for the furthest.
  private static let fillings: [Character] = ["█", "▓", "▒", "░"]

  /// Makes the bar of counts in the order in which one lives through the states.
  init(_ states: [WaitProgress.State], columns: Int) {
    let columns = min(max(columns, Self.least), Self.most)
    let total = states.reduce(0) { $0 + $1.count }
    var bar = ""
    var counted = 0
    var filled = 0
    for (place, state) in states.reversed().enumerated() where total > 0 {
      counted += state.count
      // Whoever is there has a column, as long as there are columns.
      let end = min(columns, max(columns * counted / total, filled + 1))
      bar += String(
        repeating: Self.fillings[min(place, Self.fillings.count - 1)], count: end - filled)
      filled = end
    }
    text = "[" + bar + String(repeating: " ", count: columns - filled) + "]"
  }
}

/// Colours, asked for by what a piece of text is and never by their names.
///
/// The one place that knows escape sequences: everything else in the room labels what it writes.
package struct Style: Sendable {
  /// What a piece of text is.
  package enum Label: Sendable, CaseIterable {
    /// The word `error` and the underline of the spot.
    case error
    /// The word `warning` and its underline.
    case warning
    /// The sentence that says what went wrong.
    case message
    /// Bars, arrows and line numbers beside an excerpt.
    case gutter
    /// A further spot and what is said of it.
    case aside
    /// Words that introduce advice: `help`, `note`.
    case advice
    /// The heads of a table's columns and the keys of a card.
    case heading
    /// What went well: a step that is done, subjects that are where they should be.
    case good
    /// What matters less: times, counts of calls.
    case faint
  }

  /// Whether colours are wanted at all.
  package let isColoured: Bool

  /// Wants colours or not; who asks knows whether there is a terminal and what `NO_COLOR` says.
  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// The style of a pipe, a file and a test.
  package static let plain = Style(isColoured: false)

  /// The text in the colour of its label, or as it is.
  package func callAsFunction(_ label: Label, _ text: String) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(Self.code(label))m\(text)\u{1B}[0m"
  }

  private static func code(_ label: Label) -> String {
    switch label {
    case .error: "1;31"
    case .warning: "1;33"
    case .message, .heading: "1"
    case .gutter: "34"
    case .aside: "36"
    case .advice: "1;36"
    case .good: "32"
    case .faint: "2"
    }
  }
}

import WaggleRender

/// What the prompt knows of the screen that it writes to, asked anew each time: it may be resized.
struct PromptScreen: Sendable {
  /// Columns and rows.
  let size: @Sendable () -> (columns: Int, rows: Int)
  /// The colours of results and help.
  let style: Style
  /// Whether a person reads the results.
  let isTerminal: Bool
  /// Whether lines are edited, so that a prompt may have colours.
  let isEdited: Bool
}

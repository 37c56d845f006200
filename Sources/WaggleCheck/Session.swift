import WaggleSyntax
import WaggleValues

/// What the prompt's earlier lines left: variables with their slots and schemas, and functions.
///
/// Each line is checked in it and, if it is sound, taken into it; the frame's slots stay where they
/// are, so that a frame that lives as long as the session can be grown to `frameSize` of each line's
/// program. A line's sites begin with `line 3/`.
package final class Session {
  /// The slot that holds `$_`; the prompt puts each result that is not null there.
  package static let lastResult: Slot = 0
  /// Whether the last line gave a result, so that a line may begin with `|`; the prompt says so.
  package var hasResult = false
  /// Whether any line gave a result yet, so that there is a `$_`.
  package var hadResult = false

  private(set) var frame = Frame()
  private(set) var functions: [FunctionEntry] = []
  private(set) var functionNames: [String: Int] = [:]
  private(set) var cacheCount = 0
  private(set) var lines = 0

  /// Begins a session without variables.
  package init() { _ = frame.slot() }

  /// The variables in sight, sorted: for completion.
  package var variableNames: [String] { frame.names }

  func take(_ checker: Checker) {
    frame = checker.main
    functions = checker.functions
    functionNames = checker.functionNames
    cacheCount = checker.cacheCount
    lines += 1
  }
}

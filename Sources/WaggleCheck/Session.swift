import WaggleSyntax
package import WaggleText
import WaggleValues

/// What the prompt's earlier lines left: variables with their slots and schemas, and functions.
///
/// Each line is checked in it and, if it is sound, taken into it; the frame's slots stay where they
/// are, so that a frame that lives as long as the session can be grown to `frameSize` of each line's
/// program. A line's sites begin with `line 3/`.
package final class Session {
  /// A variable in sight.
  package struct Variable: Sendable {
    /// Its name.
    package let name: String
    /// Where its value is in the frame.
    package let slot: Slot
  }

  /// A spot where a line reads `$_`.
  package struct ResultUse: Sendable, Equatable {
    /// The spot: the variable's name, or the `|` that a line begins with.
    package let span: Span
    /// Whether it is such a `|`.
    package let isPipe: Bool
  }

  /// The slot that holds `$_`; the prompt puts each result that is not null there.
  package static let lastResult: Slot = 0
  /// Whether the last line gave a result, so that a line may begin with `|`; the prompt says so.
  package var hasResult = false
  /// Whether any line gave a result yet, so that there is a `$_`.
  package var hadResult = false
  /// Where the line that was taken last reads `$_`, in the order of the text.
  package private(set) var resultUses: [ResultUse] = []
  /// What is known of `$_`.
  private(set) var resultSchema = Schema.any

  private(set) var frame = Frame()
  private(set) var functions: [FunctionEntry] = []
  private(set) var functionNames: [String: Int] = [:]
  private(set) var cacheCount = 0
  private(set) var lines = 0
  /// The files that were brought in, by what they are known by.
  private(set) var files: [String: UsedFile] = [:]
  /// Those of the last line.
  private var newFiles: [String] = []
  /// What is known of the values that the last line showed.
  private var shown: [Schema] = []
  /// The variables that the last line declared or declared anew.
  private var declared: [String] = []

  /// Begins a session without variables.
  package init() { _ = frame.slot() }

  /// The variables in sight, sorted: for completion.
  package var variableNames: [String] { frame.names }

  /// The variables in sight with their slots, sorted by name.
  package var variables: [Variable] {
    frame.names.compactMap { name in
      frame.find(name).map { Variable(name: name, slot: $0.slot) }
    }
  }

  /// The functions in sight, sorted by name.
  package var definedFunctions: [CheckedFunction] {
    functionNames.sorted { $0.key < $1.key }.compactMap { functions[$0.value].checked }
  }

  func take(_ checker: Checker) {
    frame = checker.main
    functions = checker.functions
    functionNames = checker.functionNames
    cacheCount = checker.cacheCount
    shown = checker.shown
    declared = checker.main.declared.map(\.name)
    resultUses = checker.resultUses.sorted { $0.span.lower < $1.span.lower }
    newFiles = checker.files.keys.filter { files[$0] == nil }
    files = checker.files
    lines += 1
  }

  /// Says whether the line that was taken last gave a result that is not null, which is `$_` now.
  package func ended(withResult gaveResult: Bool) {
    hasResult = gaveResult
    guard gaveResult else { return }
    hadResult = true
    resultSchema = shown.count == 1 ? shown.first ?? .any : .any
  }

  /// Says that the line that was taken last stopped on its way: what it declared is forgotten where
  /// it has no value, and elsewhere nothing is known of it; files that it brought in are forgotten.
  package func failed(isSet: (Slot) -> Bool) {
    for file in newFiles.compactMap({ files.removeValue(forKey: $0) }) {
      for (name, index) in file.functionNames where functionNames[name] == index {
        functionNames[name] = nil
      }
      for name in file.variables.keys { frame.remove(name) }
    }
    newFiles = []
    for name in declared {
      guard let variable = frame.inInnermostBlock(name) else { continue }
      variable.schema = .any
      if !isSet(variable.slot) { frame.remove(name) }
    }
  }

  /// Forgets a variable or a function; false where there is none of that name.
  package func forget(_ name: String) -> Bool {
    let wasVariable = frame.remove(name)
    let wasFunction = functionNames.removeValue(forKey: name) != nil
    return wasVariable || wasFunction
  }
}

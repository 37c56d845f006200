import WaggleCheck
import WaggleSyntax

/// A line that is one of the prompt's own commands, with the words behind it.
struct SessionRequest: Equatable {
  let command: SessionCommand
  let words: [String]

  /// Takes a line that is such a command and nothing else; nil for any other.
  init?(_ script: Script) {
    guard script.statements.count == 1,
      case .body(.pipeline(let pipeline))? = script.statements.first?.kind,
      pipeline.leadingPipe == nil, pipeline.stages.count == 1,
      case .command(let typed)? = pipeline.stages.first, case .plain(let arguments) = typed.form,
      let command = SessionCommand(rawValue: typed.name.text)
    else { return nil }
    self.command = command
    var words: [String] = []
    for argument in arguments {
      guard let word = argument.literal else { return nil }
      words.append(word)
    }
    self.words = words
  }
}

extension Argument {
  /// What is written out, as it is spelled.
  fileprivate var literal: String? {
    guard case .value(let expression) = kind else { return nil }
    switch expression.kind {
    case .word(let word), .number(let word), .duration(let word): return word
    case .bool(let value): return value ? "true" : "false"
    case .null: return "null"
    case .variable(let name): return "$" + name.text
    case .text(let pieces, _):
      if pieces.isEmpty { return "" }
      if pieces.count == 1, case .literal(let text)? = pieces.first { return text }
      return nil
    default: return nil
    }
  }
}

import WaggleCheck
import WaggleEditor
import WaggleEval
import WaggleRender
import WaggleText
import WaggleValues

/// The prompt's own commands.
extension PromptSession {
  /// Does what one of them asks for.
  func answer(_ request: SessionRequest) {
    switch request.command {
    case .help: help(request.words)
    case .vars: showVariables()
    case .history: showHistory(request.words)
    case .save: save(request.words)
    case .forget: forget(request.words)
    case .status: showStatus()
    case .why: showWhy(request.words)
    case .profile: profile(request.words)
    }
  }

  private func help(_ topic: [String]) {
    let book = HelpBook(catalogue)
    if let page = book.page(topic, parts.screen.style, width: columns) { return show(page) }
    let functions = session.definedFunctions
    if topic.count == 1, let function = functions.first(where: { $0.name == topic[0] }) {
      return show(HelpBook.page(of: function, parts.screen.style, width: columns))
    }
    let names = book.topics + functions.map(\.name)
    complain(.noHelp(topic, suggestion: NearestName.of(topic.last ?? "", among: names)))
  }

  private func showVariables() {
    let variables = session.variables.map { variable in
      ("$" + variable.name, parts.interpreter.value(of: variable.slot).brief)
    }
    let functions = session.definedFunctions.map { function in
      (function.name, "a function: " + function.signature)
    }
    guard !variables.isEmpty || !functions.isEmpty else { return show("there are none yet\n") }
    show(results.rows(variables + functions))
  }

  private func showHistory(_ words: [String]) {
    let lines = parts.history.lines(with: words.joined(separator: " "))
    guard !lines.isEmpty else { return complain(.noHistory(words.joined(separator: " "))) }
    let widest = "\(lines.last?.number ?? 0)".count
    let rows = lines.map { number, line in
      let indent = "\n" + String(repeating: " ", count: widest + 2)
      let shown = SafeText(line, keepsLines: true).text.split(separator: "\n")
      let pad = String(repeating: " ", count: widest - "\(number)".count)
      return "\(pad)\(number)  " + shown.joined(separator: indent) + "\n"
    }
    show(rows.joined())
  }

  private func save(_ words: [String]) {
    guard words.count == 1, let file = words.first, !file.isEmpty else {
      return complain(.misused(.save))
    }
    let written = script.written(
      for: catalogue, FileLoader(parts.folder, parts.sources))
    guard !written.text.isEmpty else { return complain(.nothingToSave(written.omitted)) }
    if let reason = parts.folder.write(written.text, to: file) {
      return complain(.cannotSave(file, reason))
    }
    let count = written.text.split(separator: "\n").count
    let lines = "\(count) line\(count == 1 ? "" : "s")"
    show(written.omitted.map { "left out \($0)\n" }.joined() + "\(file): \(lines)\n")
  }

  private func forget(_ words: [String]) {
    guard !words.isEmpty else { return complain(.misused(.forget)) }
    for word in words {
      let name = word.hasPrefix("$") ? String(word.dropFirst()) : word
      let slot = session.variables.first { $0.name == name }?.slot
      if session.forget(name) {
        if let slot { parts.interpreter.set(.null, in: slot) }
      } else {
        complain(.nothingToForget(name, NearestName.of(name, among: session.variableNames)))
      }
    }
  }

  private func showStatus() {
    show(
      results.rows([
        ("profile", reach.gateway.profileWords),
        ("gateway", reach.gateway.words),
        ("key", reach.gateway.key() ?? "none"),
        ("calls", "\(parts.calls())"),
      ]))
  }

  private func showWhy(_ words: [String]) {
    guard words.isEmpty else { return complain(.misused(.why)) }
    guard let why = parts.teller.whyFailed() else { return show("no wait has failed yet\n") }
    show(why)
  }

  private func profile(_ words: [String]) {
    guard words.count <= 1 else { return complain(.misused(.profile)) }
    if let name = words.first {
      do throws(UsageError) { try use(profile: name) } catch { return complain(error) }
    }
    show("\(reach.gateway.profileWords): \(reach.gateway.words)\n")
  }

  private func complain(_ refusal: UsageError) {
    parts.terminal.complain(complaints.error(refusal))
  }
}

extension Value {
  /// What it is, in a line.
  fileprivate var brief: String {
    switch self {
    case .list(let list):
      let count = "\(list.count) element\(list.count == 1 ? "" : "s")"
      guard case .record(let record)? = list.elements.first, let type = record.type else {
        return "list of \(count)"
      }
      return "list of \(count), \(type.name)"
    case .record(let record):
      let fields = "\(record.count) field\(record.count == 1 ? "" : "s")"
      guard let type = record.type else { return "record of \(fields)" }
      let name = (record["name"] ?? record["id"])?.revealedText ?? fields
      return "\(type.name) \(name)"
    case .secret: return "secret ••••"
    case .stream: return "stream"
    case .null: return "null"
    case .text(let text): return text.count > 60 ? text.prefix(60) + "…" : text
    default: return plainText
    }
  }
}

import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

@testable import WaggleCheck

/// A checked program as compact text: `%0` is a slot of the frame, `%%0` one of the main frame.
final class Dump {
  private var found: [String] = []

  func program(_ program: CheckedProgram) -> String {
    var lines = program.parameters.map { parameter in
      "param \(parameter.name): \(parameter.type.rawValue) %\(parameter.slot)"
        + (parameter.preset.map { " = " + text($0) } ?? "")
    }
    for function in program.functions {
      let formals = function.formals.map { formal in
        formal.name + (formal.isRest ? "..." : "") + ": \(formal.type.rawValue)"
          + (formal.preset.map { " = " + text($0) } ?? "")
      }
      lines.append(
        "def \(function.name)(\(formals.joined(separator: ", "))) \(block(function.body))")
    }
    return (lines + program.main.statements.map(text)).joined(separator: "\n")
  }

  func sites(of program: CheckedProgram) -> [String] {
    found = []
    _ = self.program(program)
    return found
  }

  private func site(_ site: Site) {
    found.append(
      site.parts.map { part in
        switch part {
        case .text(let text): text
        case .counter: "*"
        }
      }.joined())
  }

  private func block(_ block: CheckedBlock) -> String {
    "{ " + block.statements.map(text).joined(separator: "; ") + " }"
  }

  private func text(_ statement: CheckedStatement) -> String {
    switch statement.kind {
    case .set(let slot, let value): return "%\(slot) = \(text(value))"
    case .setGlobal(let slot, let value): return "%%\(slot) = \(text(value))"
    case .giveBack(let value): return "return" + (value.map { " " + text($0) } ?? "")
    case .leave: return "break"
    case .next: return "continue"
    case .exit(let status): return "exit" + (status.map { " " + text($0) } ?? "")
    case .fail(let message): return "fail " + text(message)
    case .whileLoop(let condition, let body, let counter):
      return "while[%\(counter)] \(text(condition)) \(block(body))"
    case .later(let body): return "defer \(block(body))"
    case .assert(let condition, let message):
      return "assert \(text(condition))" + (message.map { ", " + text($0) } ?? "")
    case .limit(let limit, let number, let place):
      site(place)
      return "limit \(limit.rawValue) \(text(number))"
    case .value(let value, let shown):
      let words = text(value)
      if let shown { site(shown) }
      return (shown == nil ? "" : "show ") + words
    }
  }

  private func text(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .constant(let value): return Self.constant(value)
    case .local(let slot): return "%\(slot)"
    case .global(let slot): return "%%\(slot)"
    case .environment(let name, let place):
      site(place)
      return "env[\(text(name))]"
    case .field(let base, let name, let optional, _):
      return text(base) + (optional ? "?." : ".") + name
    case .index(let base, let index): return "\(text(base))[\(text(index))]"
    case .slice(let base, let lower, let upper):
      return "\(text(base))[\(lower.map(text) ?? "")..\(upper.map(text) ?? "")]"
    case .list(let items): return "[" + items.map(text).joined(separator: ", ") + "]"
    case .record(let entries): return "{" + entries.map(text).joined(separator: ", ") + "}"
    case .text(let parts): return "text(" + parts.map(text).joined(separator: ", ") + ")"
    case .not(let operand): return "not \(text(operand))"
    case .negate(let operand): return "-\(text(operand))"
    case .binary(let left, let sign, let right):
      return "(\(text(left)) \(sign.rawValue) \(text(right)))"
    case .goal(let goal, let slot): return "\(goal.rawValue)(%\(slot))"
    default: return command(expression)
    }
  }

  private func command(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .builtin(let call): return builtin(call)
    case .call(let call):
      let arguments = call.arguments.map { $0.map(text) ?? "_" }
      let further = call.further.map { [" further " + text($0)] } ?? []
      let named = call.named.map { [" named " + text($0)] } ?? []
      site(call.site)
      return "call \(call.function)(\(arguments.joined(separator: ", ")))"
        + (further + named).joined()
    case .operation(let call): return operation(call)
    case .wait(let wait): return self.wait(wait)
    case .choose(let branches, let otherwise):
      return branches.map { "if \(text($0.condition)) \(block($0.block))" }.joined(
        separator: " else ")
        + (otherwise.map { " else \(block($0))" } ?? "")
    case .loop(let loop): return self.loop(loop)
    case .attempt(let body, let fault, let handler):
      return "try \(block(body))"
        + (handler.map { " catch\(fault.map { " %\($0)" } ?? "") \(block($0))" } ?? "")
    case .again(let retry):
      let clauses = [("every", retry.every), ("backoff", retry.backoff)].compactMap { word, value in
        value.map { " \(word) \(text($0))" }
      }
      return "retry[%\(retry.counter)] \(text(retry.times))\(clauses.joined()) \(block(retry.body))"
    case .within(let limit, let body, _): return "timeout \(text(limit)) \(block(body))"
    case .step(let title, let body): return "step \(text(title)) \(block(body))"
    default: return "?"
    }
  }

  private func builtin(_ call: CheckedBuiltin) -> String {
    var parts = [call.builtin.rawValue]
    if let input = call.input { parts.append(text(input)) }
    parts += call.arguments.map(text)
    if let condition = call.condition, let subject = call.subject {
      let counter = call.counter.map { ", %\($0)" } ?? ""
      parts.append("[%\(subject)\(counter): \(text(condition))]")
    }
    if call.isDescending { parts.append("desc") }
    if call.builtin.hasEffect { site(call.site) }
    return "(" + parts.joined(separator: " ") + ")"
  }

  private func operation(_ call: CheckedOperation) -> String {
    var parts = [call.operation.id] + call.places.map(text)
    parts += call.options.map { "\($0.parameter.name): \(text($0.value))" }
    parts += call.spreads.map { "...\(text($0))" }
    if let body = call.body { parts.append("body: \(text(body))") }
    if let limit = call.limit { parts.append("limit: \(text(limit))") }
    if let page = call.page { parts.append("page: \(text(page))") }
    site(call.site)
    return "(" + parts.joined(separator: " ") + ")"
  }

  private func wait(_ wait: CheckedWait) -> String {
    var parts = ["wait"]
    if let input = wait.input { parts.append(text(input)) }
    parts.append("[%\(wait.subject): \(text(wait.condition))]")
    if let failIf = wait.failIf { parts.append("fail-if \(text(failIf))") }
    switch wait.timeout {
    case .usual: break
    case .never: parts.append("timeout never")
    case .after(let limit): parts.append("timeout \(text(limit))")
    }
    if let every = wait.every { parts.append("every \(text(every))") }
    switch wait.any {
    case .all: break
    case .one: parts.append("any")
    case .some(let number): parts.append("any \(text(number))")
    }
    if let limit = wait.stuckAfter { parts.append("stuck-after \(text(limit))") }
    if wait.mentionsGone { parts.append("(gone)") }
    site(wait.site)
    return "(" + parts.joined(separator: " ") + ")"
  }

  private func loop(_ loop: CheckedLoop) -> String {
    var words = "for[%\(loop.counter)] %\(loop.first)"
    if let second = loop.second { words += ", %\(second)" }
    words += " in \(text(loop.over))"
    if let parallel = loop.parallel { words += " parallel \(text(parallel))" }
    if loop.keepsGoing { words += " keep-going" }
    if loop.isValueTaken { words += " taken" }
    return "\(words) \(block(loop.body))"
  }

  private func text(_ item: CheckedItem) -> String {
    switch item {
    case .value(let value): text(value)
    case .spread(let value): "...\(text(value))"
    }
  }

  private func text(_ entry: CheckedEntry) -> String {
    switch entry {
    case .value(let name, let value): "\(name): \(text(value))"
    case .spread(let value): "...\(text(value))"
    }
  }

  private static func constant(_ value: Value) -> String {
    switch value {
    case .text(let text): "\"\(text)\""
    case .list(let list): "[" + list.elements.map(constant).joined(separator: ", ") + "]"
    case .time(let time): "time \(time.text)"
    case .int(let number): String(number)
    case .float(let number): String(number)
    case .bool(let value): String(value)
    case .null: "null"
    case .duration(let duration): duration.text
    default: "?"
    }
  }
}

import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks a number, a duration, `true`, `false`, `null`: as itself, or as it is spelled where text
  /// is wanted.
  func literal(_ expression: Expression, _ use: Use) -> Typed {
    let span = expression.span
    if use.schema.wantsSpelling, let spelling = spelling(of: expression, use) {
      return spelled(spelling, span, use, isWord: true)
    }
    switch expression.kind {
    case .bool(let value): return Typed(.constant(.bool(value)), .bool, span)
    case .number(let text): return number(text, span)
    case .duration(let text):
      do throws(ValueError) {
        let duration = try Duration(parsing: text)
        return Typed(.constant(.duration(duration)), .duration, span)
      } catch {
        report(.unreadable(error, span))
        return .broken(span)
      }
    default: return Typed(.constant(.null), .null, span)
    }
  }

  /// The spelling of a literal; null keeps its meaning in a comparison, and where a time is wanted.
  private func spelling(of expression: Expression, _ use: Use) -> String? {
    switch expression.kind {
    case .number(let text), .duration(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case .null:
      guard case .argument(let schema) = use, schema.family != .time else { return nil }
      return "null"
    default: return nil
    }
  }

  private func number(_ text: String, _ span: Span) -> Typed {
    do throws(ValueError) {
      guard let value = try Value.number(fromLiteral: text) else { return .broken(span) }
      return Typed(.constant(value), value.kind == .int ? .int : .float, span)
    } catch {
      report(.unreadable(error, span))
      return .broken(span)
    }
  }

  /// Text that stands in the source where something is wanted: a known value, a time, or text.
  func spelled(_ text: String, _ span: Span, _ use: Use, isWord: Bool) -> Typed {
    switch use.schema {
    case .choice(let values, let open):
      guard !values.contains(text) else { break }
      guard isWord || !open else {
        if !text.isEmpty { warn(.newValue(text, values, span)) }
        break
      }
      report(.unknownValue(text, values, open: open, span))
      return .broken(span)
    case .time:
      do throws(ValueError) {
        return Typed(.constant(.time(try Timestamp(parsing: text))), .time, span)
      } catch {
        let isField = isWord && subjects.last?.schema.fieldNames?.contains(text) ?? false
        report(.notATime(text, isField: isField, span))
        return .broken(span)
      }
    default: break
    }
    return Typed(.constant(.text(text)), .text, span)
  }

  /// Checks a bare word.
  func word(_ word: String, _ span: Span, _ use: Use) -> Typed {
    probe(word, .value(use.schema))
    switch use {
    case .argument: return spelled(word, span, use, isWord: true)
    case .right:
      if let names = subjects.last?.schema.fieldNames, names.contains(word) {
        report(.wordIsField(word, span))
        return .broken(span)
      }
      return spelled(word, span, use, isWord: true)
    case .operand:
      if let subject = subjects.last {
        probe(word, .condition(about: subject.schema, isWaitedFor: subject.isWaitedFor))
        return subjectField(word, subject, span)
      }
    case .value: break
    }
    let isField = subjects.last?.schema.fieldNames?.contains(word) ?? false
    let meant =
      find(word) != nil ? "$\(word)" : isField ? ".\(word)" : isCommand(word) ? "(\(word))" : nil
    report(.bareWord(word, meant: meant, span))
    return .broken(span)
  }

  /// A lone or left word of a condition: a field of the subject, `target.scope` one of a field,
  /// `target?.scope` null where there is no target.
  private func subjectField(_ word: String, _ subject: Subject, _ span: Span) -> Typed {
    guard !word.hasPrefix("-"), !word.hasPrefix("?"), !word.hasPrefix(".?") else {
      report(.notAFieldName(word, span))
      return .broken(span)
    }
    looks += 1
    var value = Typed(.local(subject.slot), subject.schema, span)
    var lower = Int(span.lower)
    var isOptional = false
    for part in word.split(separator: ".", omittingEmptySubsequences: false) {
      let makesNextOptional = part.last == "?"
      let text = makesNextOptional ? part.dropLast() : part
      let name = Name(String(text), Span(span.source, lower, lower + text.utf8.count))
      value = field(of: value, name, optional: isOptional, span)
      isOptional = makesNextOptional
      lower += part.utf8.count + 1
    }
    return value
  }

  /// `ready settled gone` alone in the condition of a wait.
  func goal(_ expression: Expression) -> Typed? {
    guard case .word(let word) = expression.kind, let goal = Goal(rawValue: word),
      let subject = subjects.last, subject.isWaitedFor
    else { return nil }
    if goal == .gone { mentionsGone = true }
    if goal == .settled { judgeSettling(of: subject.schema, expression.span) }
    looks += 1
    return Typed(.goal(goal, subject.slot), .bool, expression.span)
  }

  /// Warns of `settled` where the type of what is waited for has no end.
  private func judgeSettling(of subject: Schema, _ span: Span) {
    guard let life = subject.type.flatMap(catalogue.entry(of:))?.lifecycle, life.final.isEmpty,
      life.desired == nil, life.isOver == nil, let ready = life.ready.first
    else { return }
    warn(.neverSettled(subject, ready: "\(ready.field) == \(ready.value)", span))
  }
}

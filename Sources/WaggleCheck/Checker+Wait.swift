import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks a `wait`.
  func wait(
    _ command: Command, input: Typed?, _ given: Expression?, _ condition: Expression,
    _ clauses: [WaitClause]
  ) -> Typed {
    let source = (input ?? given.map(subject)).map(waitable)
    let site = sites.label("wait")
    let (subject, counter) = (frame.slot(), frame.slot())
    let whole = mentionsGone
    mentionsGone = false
    defer { mentionsGone = whole }
    let record = source.map { seen(of: $0.schema) }
    let decide = { (expression: Expression) -> Typed in
      self.at(self.sites.below(site, counter: counter)) {
        guard let record else { return self.condition(expression, of: "wait") }
        return self.about(Subject(slot: subject, schema: record, isWaitedFor: true)) {
          self.judged(self.condition(expression, of: "wait"))
        }
      }
    }
    let before = looks
    let until = decide(condition)
    if looks == before { judgeUnchanging(until, of: source) }
    let isAboutGone = mentionsGone
    if source == nil { refuseClauses(about: clauses) }
    let rest = WaitClauses(clauses, self, decide)
    if let type = record?.type { judgeEnds(of: type, at: subject, until, failIf: rest.failIf) }
    let schema = outcome(rest.any, source: source?.schema, record: record)
    sites.noteEffect()
    return Typed(
      .wait(
        CheckedWait(
          input: source?.expression, subject: subject, counter: counter,
          condition: until.expression, failIf: rest.failIf, timeout: rest.timeout,
          every: rest.every, any: rest.any, stuckAfter: rest.stuckAfter,
          mentionsGone: isAboutGone, site: sites.site(labelled: site))),
      schema, command.span)
  }

  /// Warns of a condition in which nothing can be other at the next look.
  private func judgeUnchanging(_ condition: Typed, of source: Typed?) {
    if case .bool = condition.constant, source != nil { return }
    warn(.unchangingCondition(goal: source.map { goal(of: seen(of: $0.schema)) }, condition.span))
  }

  /// Checks a subject that stands behind `wait`: a word is an id, but for `null`.
  private func subject(_ given: Expression) -> Typed {
    if case .null = given.kind { return check(given, .operand) }
    return check(given, .argument(.text))
  }

  /// What one may wait for of such a subject, in the words of its type.
  private func goal(of subject: Schema) -> String {
    guard let lifecycle = subject.type.flatMap(catalogue.entry(of:))?.lifecycle,
      let state = lifecycle.ready.first?.value ?? lifecycle.final.first
    else { return "status == running" }
    return "\(lifecycle.status) == \(state)"
  }

  /// Reports what cannot be waited for.
  private func waitable(_ source: Typed) -> Typed {
    let one = source.schema.isList ? source.schema.element : source.schema
    switch one.family {
    case nil: return source
    case .text: return instanceID.map { judgedID(source, $0) } ?? source
    case .record: if isReadable(one), !source.isAnswerWithoutType { return source }
    default: break
    }
    report(.cannotWaitFor(source, one))
    return .broken(source.span)
  }

  /// What stands in the path of the call that reads an instance: the limits of a bare id.
  private var instanceID: Parameter? {
    catalogue.entry(named: "Instance")?.refresh.flatMap(catalogue.operation(id:))?
      .pathParameters.first
  }

  /// Reports clauses that count or watch subjects where there are none.
  private func refuseClauses(about clauses: [WaitClause]) {
    for clause in clauses {
      switch clause.kind {
      case .any, .stuckAfter: report(.needsSubjects(clause.keyword))
      case .failIf, .timeout, .every: break
      }
    }
  }

  /// Whether a record can be read again; one that the script made of known fields has no type.
  private func isReadable(_ record: Schema) -> Bool {
    guard let type = record.type else { return record.fieldNames == nil }
    guard let entry = catalogue.entry(of: type) else { return false }
    return entry.refresh != nil && catalogue.refreshed(entry).lifecycle != nil
  }

  /// What a look at a subject gives; a bare id is an instance's.
  private func seen(of source: Schema) -> Schema {
    let one = source.isList ? source.element : source
    if let known = one.type.flatMap(catalogue.entry(of:)) {
      return .typed(catalogue.refreshed(known).type)
    }
    guard one.family == .text else { return one }
    return catalogue.recordType(named: "Instance").map { .typed($0) } ?? .any
  }

  private func outcome(_ any: CheckedWait.Enough, source: Schema?, record: Schema?) -> Schema {
    guard let source, let record, !source.isAny else { return .any }
    switch any {
    case .one: return record
    case .some: return .list(record)
    case .all: return source.isList ? .list(record) : record
    }
  }
}

extension Typed {
  /// Whether it is what a call answers that promises nothing of its record: `runtime call`.
  var isAnswerWithoutType: Bool {
    guard case .operation(let call) = expression.kind else { return false }
    if case .object = call.operation.success.shape { return true }
    return false
  }
}

/// The clauses of a `wait`, checked.
private struct WaitClauses {
  var failIf: CheckedExpression?
  var timeout = CheckedWait.Timeout.usual
  var every: CheckedExpression?
  var any = CheckedWait.Enough.all
  var stuckAfter: CheckedExpression?

  init(_ clauses: [WaitClause], _ checker: Checker, _ decide: (Expression) -> Typed) {
    for clause in clauses {
      let what = "`\(clause.keyword.text)`"
      switch clause.kind {
      case .failIf(let condition): failIf = decide(condition).expression
      case .timeout(nil): timeout = .never
      case .timeout(let limit?):
        timeout = .after(checker.positive(limit, .duration, as: what).expression)
      case .every(let pace): every = checker.positive(pace, .duration, as: what).expression
      case .any(nil): any = .one
      case .any(let number?): any = .some(checker.positive(number, .int, as: what).expression)
      case .stuckAfter(let limit):
        stuckAfter = checker.positive(limit, .duration, as: what).expression
      }
    }
  }
}

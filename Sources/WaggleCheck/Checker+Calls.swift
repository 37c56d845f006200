import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks the call of a function.
  func call(_ index: Int, _ command: Command, _ arguments: [Argument], input: Typed?) -> Typed {
    let entry = functions[index]
    let name = entry.name.text
    calls.append(
      CallRecord(
        function: index, span: command.span, isInFunction: function != nil,
        isInParallel: flow.parallelDepth > 0, isInRetry: retryDepth > 0, moment: tick()))
    function?.callees.insert(index)
    let named = entry.formals.indices.filter { !entry.formals[$0].formal.isRest }
    let sorted = sort(
      arguments, input: input, optionNames: named.map { entry.formals[$0].formal.name.text },
      find: { word in
        named.first { Catalogue.isSameOption(entry.formals[$0].formal.name.text, word) }
      },
      isSwitch: { entry.formals[$0].type == .bool }, of: name)
    var deal = Deal(entry)
    for (formal, name, value) in sorted.options {
      deal.given[formal] = option(value, name, entry.formals[formal].type.schema).expression
    }
    fill(&deal, with: sorted.values, of: entry)
    let records = sorted.records.map(\.expression)
    if deal.further == nil, records.isEmpty, !sorted.hasMistake {
      reportMissing(in: deal, of: entry, command)
    }
    return Typed(
      .call(
        CheckedCall(
          function: index, arguments: deal.arguments, further: deal.furtherList(command.span),
          named: merged(records, command.span), site: sites.effect(name))),
      entry.result, command.span)
  }

  /// What the formals of a function get.
  private struct Deal {
    let rest: Int?
    var given: [CheckedExpression?]
    var others: [CheckedItem] = []
    /// From the first spread on, everything, for the run to deal.
    var further: [CheckedItem]?
    let span: Span

    init(_ entry: FunctionEntry) {
      given = Array(repeating: nil, count: entry.formals.count)
      rest = entry.formals.firstIndex { $0.formal.isRest }
      span = entry.name.span
    }

    /// The first formal that has nothing yet.
    var open: Int? { given.indices.first { $0 != rest && given[$0] == nil } }

    /// One argument for each formal.
    var arguments: [CheckedExpression?] {
      var arguments = given
      if let rest, !others.isEmpty || further == nil {
        arguments[rest] = CheckedExpression(.list(others), span)
      }
      return arguments
    }

    func furtherList(_ span: Span) -> CheckedExpression? {
      further.map { CheckedExpression(.list($0), span) }
    }
  }

  private func fill(
    _ deal: inout Deal, with values: [Arguments<Int>.Value], of entry: FunctionEntry
  ) {
    for value in values {
      if case .spread(let list) = value {
        deal.further = (deal.further ?? []) + [.spread(list.expression)]
      } else if deal.further != nil {
        deal.further?.append(.value(checked(value, .any, as: "an argument").expression))
      } else if let open = deal.open {
        let formal = entry.formals[open]
        let argument = checked(value, formal.type.schema, as: "`\(formal.formal.name.text)`")
        deal.given[open] = argument.expression
      } else if let rest = deal.rest {
        let formal = entry.formals[rest]
        let what = "`\(formal.formal.name.text)`"
        deal.others.append(.value(checked(value, formal.type.schema, as: what).expression))
      } else {
        report(.tooManyArguments(entry.name.text, takes: entry.formals.count, value.span))
        return
      }
    }
  }

  private func reportMissing(in deal: Deal, of entry: FunctionEntry, _ command: Command) {
    for (index, (formal, _)) in entry.formals.enumerated()
    where deal.given[index] == nil && index != deal.rest && formal.preset == nil {
      report(.missingArgument(formal.name.text, of: entry.name.text, command.name.span))
      return
    }
  }

  /// Records spread one after the other, as one record.
  private func merged(_ records: [CheckedExpression], _ span: Span) -> CheckedExpression? {
    if records.count < 2 { return records.first }
    return CheckedExpression(.record(records.map { .spread($0) }), span)
  }
}

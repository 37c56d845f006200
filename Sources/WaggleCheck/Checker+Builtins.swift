import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks a built-in command whose arguments are plain values.
  func builtin(
    _ builtin: Builtin, _ command: Command, _ arguments: [Argument], input: Typed?
  ) -> Typed {
    let entry = BuiltinTable.entry(builtin)
    let sorted = sort(
      arguments, input: input, optionNames: [], find: { _ -> Int? in nil },
      isSwitch: { _ in false }, of: builtin.rawValue)
    for record in sorted.records { report(.noOptionsToSpread(builtin.rawValue, record.span)) }
    var values = sorted.values[...]
    var given: Typed?
    if !entry.input.isEmpty {
      guard let first = values.popFirst() else {
        report(.missingInput(entry, command.name.span))
        return .broken(command.span)
      }
      if entry.takesPipeOnly {
        guard case .piped = first else {
          report(.pipeOnly(entry, command.name.span))
          return .broken(command.span)
        }
      }
      given = self.input(first, of: entry)
    }
    reportMissing(values.count, of: entry, command)
    let (items, schema) = self.arguments(values, of: entry, about: given?.schema ?? .null)
    return Typed(
      .builtin(
        CheckedBuiltin(
          builtin, input: given?.expression, arguments: items, site: site(of: builtin))),
      schema, command.span)
  }

  /// Reports what a command needs behind its input and was not given.
  private func reportMissing(_ count: Int, of entry: BuiltinEntry, _ command: Command) {
    switch entry.takes {
    case .fields where count == 0: report(.missingFields(command.span))
    case .steps where count == 0: report(.missingPart("a key", of: entry, command.span))
    case .positions(let positions):
      guard let missing = positions.dropFirst(count).first(where: \.isRequired) else { return }
      report(.missingPart(missing.what, of: entry, command.span))
    default: return
    }
  }

  private func site(of builtin: Builtin) -> Site {
    builtin.hasEffect
      ? sites.effect(builtin.rawValue) : sites.site(labelled: sites.label(builtin.rawValue))
  }

  private func input(_ value: Arguments<Int>.Value, of entry: BuiltinEntry) -> Typed {
    if case .spread(let list) = value {
      report(.spreadInput(entry.builtin.rawValue, list.span))
      return .broken(list.span)
    }
    let schema = entry.input.count == 1 ? entry.input[0] : .any
    switch value {
    case .piped(let typed), .spread(let typed): return fitting(typed, entry)
    case .typed(let expression): return fitting(check(expression, .argument(schema)), entry)
    }
  }

  /// Reports an input that the command does not take.
  func fitting(
    _ input: Typed, _ entry: BuiltinEntry, only wanted: [Schema]? = nil
  ) -> Typed {
    if input.schema.family == .stream {
      report(.streamInput(entry.builtin.rawValue, input.span))
      return .broken(input.span)
    }
    let wanted = wanted ?? entry.input
    guard !wanted.contains(where: { input.schema.mayBe($0) }) else { return input }
    report(.wrongInput(entry, wanted, input.schema, input.constant, input.span))
    return .broken(input.span)
  }

  /// Checks what stands behind the input, and says what the command gives.
  private func arguments(
    _ values: ArraySlice<Arguments<Int>.Value>, of entry: BuiltinEntry, about input: Schema
  ) -> (items: [CheckedItem], result: Schema) {
    switch entry.takes {
    case .values:
      return (values.map { item($0, .text) }, entry.result(input, nil))
    case .fields:
      let names = values.compactMap { field($0, of: input) }
      return (
        names.map { .value(CheckedExpression(.constant(.text($0.text)), $0.span)) },
        selected(names, from: input)
      )
    case .positions(let positions):
      return self.positions(values, positions, of: entry, about: input)
    case .steps:
      return (values.map { item($0, .any) }, entry.result(input, nil))
    case .nothing, .test, .selector:
      for value in values {
        report(
          .tooManyArguments(
            entry.builtin.rawValue, takes: entry.input.isEmpty ? 0 : 1, value.span))
      }
      return ([], entry.result(input, nil))
    }
  }

  /// Checks values that have their places, and says which of them are missing or too many.
  private func positions(
    _ values: ArraySlice<Arguments<Int>.Value>, _ positions: [BuiltinEntry.Position],
    of entry: BuiltinEntry, about input: Schema
  ) -> (items: [CheckedItem], result: Schema) {
    let name = entry.builtin.rawValue
    for value in values.dropFirst(positions.count) {
      report(.tooManyArguments(name, takes: positions.count + 1, value.span))
    }
    let given = zip(positions, values).map { position, value in
      let typed = checked(value, position.schema, as: position.what)
      if let least = position.least, case .int(let number) = typed.constant, number < least {
        report(.tooSmall(position, least: least, number, typed.span))
      }
      return typed
    }
    return (given.map { .value($0.expression) }, entry.result(input, given.first?.schema))
  }

  private func item(_ value: Arguments<Int>.Value, _ schema: Schema) -> CheckedItem {
    switch value {
    case .piped(let typed): .value(typed.expression)
    case .spread(let list): .spread(list.expression)
    case .typed(let expression): .value(check(expression, .argument(schema)).expression)
    }
  }

  /// The name of a field to keep, which the records must have.
  private func field(_ value: Arguments<Int>.Value, of input: Schema) -> Name? {
    let name: Typed
    switch value {
    case .piped(let typed), .spread(let typed): name = typed
    case .typed(let expression): name = check(expression, .argument(.text))
    }
    guard case .text(let text) = name.constant else {
      report(.fieldNameUnknown(name.span))
      return nil
    }
    let field = Name(text, name.span)
    _ = fieldSchema(of: input.isList ? input.element : input, field, optional: false)
    return field
  }

  private func selected(_ names: [Name], from input: Schema) -> Schema {
    let record = input.isList ? input.element : input
    let kept = Schema.record(names.map { ($0.text, record.known($0.text)) })
    return switch input.family {
    case .list: .list(kept)
    case .record: kept
    default: .any
    }
  }

  /// Checks a built-in command with a condition or a selector, which has a subject.
  func about(
    _ command: Command, input: Typed?, _ given: Expression?, _ condition: Expression?, order: Name?
  ) -> Typed {
    guard let builtin = Builtin(rawValue: command.name.text) else {
      report(unknown(command.name))
      return .broken(command.span)
    }
    let entry = BuiltinTable.entry(builtin)
    guard let source = input ?? given.map({ check($0, .argument(.any)) }) else {
      report(.missingInput(entry, command.name.span))
      return .broken(command.span)
    }
    let list = fitting(source, entry, only: condition == nil ? entry.input : [.list(.any)])
    let label = sites.label(builtin.rawValue)
    let (slot, counter) = (frame.slot(), frame.slot())
    let path = sites.below(label, counter: counter)
    let looked = condition.map { condition in
      at(path) {
        about(Subject(slot: slot, schema: list.schema.element, isWaitedFor: false)) {
          entry.takes.isTest
            ? judged(self.condition(condition, of: builtin.rawValue)) : check(condition)
        }
      }
    }
    if condition == nil, entry.takes.isRequired {
      report(.missingCondition(entry, command.span))
      return .broken(command.span)
    }
    let call = CheckedBuiltin(
      builtin, input: list.expression, condition: looked?.expression,
      subject: looked == nil ? nil : slot, counter: path.hasEffect ? counter : nil,
      isDescending: order?.text == "desc", site: sites.site(labelled: label))
    return Typed(.builtin(call), entry.result(list.schema, looked?.schema), command.span)
  }

  /// Does work in which a subject is what words are about.
  func about<T>(_ subject: Subject, _ work: () -> T) -> T {
    subjects.append(subject)
    defer { subjects.removeLast() }
    return work()
  }
}

extension Builtin {
  /// Whether it does something to the outside or asks it, so that its place is a key.
  var hasEffect: Bool {
    switch self {
    case .now, .age, .sleep, .print, .log, .table, .read, .write, .exec, .ask, .confirm, .call: true
    default: false
    }
  }

  /// Whether it is there for what it does, so that its value may be dropped.
  var isDone: Bool {
    switch self {
    case .print, .log, .sleep, .table, .write, .exec: true
    default: false
    }
  }
}

import WaggleCatalogue
import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// A call of an API operation; a list in the place of an id makes one call for each element.
final class OperationNode: Node {
  /// An option with its value.
  struct Option {
    let parameter: Parameter
    let node: Node
  }

  /// What a call is made of, evaluated but for the ids.
  struct Filling {
    var query: [(name: String, value: Value)] = []
    var headers: [(name: String, value: String)] = []
    var body: Record?
    var limit: Int?
    var page: Int?
    var follows = false
  }

  private let operation: Operation
  /// What stands by place: ids, then fields.
  private let places: [Node]
  private let options: [Option]
  private let spreads: [Node]
  private let body: Node?
  private let limit: Node?
  private let page: Node?
  private let follows: Node?
  private let site: Site

  /// How many calls of a fan-out are under way at a time (language.md §6).
  private static let width = 8

  init(_ checked: CheckedOperation, _ span: Span, _ compile: (CheckedExpression) -> Node) {
    operation = checked.operation
    places = checked.places.map(compile)
    options = checked.options.map { Option(parameter: $0.parameter, node: compile($0.value)) }
    spreads = checked.spreads.map(compile)
    body = checked.body.map(compile)
    limit = checked.limit.map(compile)
    page = checked.page.map(compile)
    follows = checked.follows.map(compile)
    site = checked.site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var values: [Value] = []
    for place in places { values.append(try place.value(f)) }
    let filling = try filling(f)
    let link = f.link(to: site)
    guard let position = try fanOut(values, filling) else {
      let call = try call(values, filling)
      return try perform(call, filling, f) { link.text() }
    }
    return try fan(out: values, at: position, filling, link, f)
  }

  /// The place of the one id that is a list; nil where none is.
  private func fanOut(_ values: [Value], _ filling: Filling) throws(Raise) -> Int? {
    let lists = PlacedValues.lists(among: values, of: operation)
    if let first = lists.first, filling.follows || operation.success.isStream {
      throw Raise(.oneStream(operation), at: places[first].span)
    }
    if let second = lists.dropFirst().first {
      throw Raise(.twoLists(operation), at: places[second].span)
    }
    return lists.first
  }

  private func fan(
    out values: [Value], at position: Int, _ filling: Filling, _ link: KeyLink, _ f: Frame
  ) throws(Raise) -> Value {
    guard case .list(let list) = values[position] else { return .null }
    var calls: [Call] = []
    for element in list.elements {
      var each = values
      each[position] = element
      calls.append(try call(each, filling))
    }
    let outcome = Outcomes(count: calls.count)
    let strand = f.machine.strand
    strand.parallel(
      rounds: calls.count, width: Self.width, token: strand.token,
      name: { link.text(element: $0) }
    ) { index, strand in
      do throws(Raise) {
        let value = try perform(calls[index], filling, f, on: strand) {
          link.text(element: index)
        }
        outcome.set(value, at: index)
        return true
      } catch {
        if let fault = error.fault { outcome.fail(fault, at: index, keepsGoing: false) }
        return false
      }
    }
    if let raise = outcome.failure(at: span) { throw raise }
    let elements = outcome.values
    return .list(try attempt(at: span) { () throws(ValueError) in try List(elements) })
  }

  private func call(_ values: [Value], _ filling: Filling) throws(Raise) -> Call {
    let placed = try PlacedValues(values, of: operation, spans: places.map(\.span), at: span)
    var filling = filling
    for (parameter, value, place) in placed.fields {
      try set(parameter, value, in: &filling, at: places[place].span)
    }
    let call = Call(
      operation, path: placed.path, query: filling.query, headers: filling.headers,
      body: filling.body)
    do throws(CallFault) { try call.validate() } catch { throw Raise(.call(error), at: span) }
    return call
  }

  private func perform(
    _ call: Call, _ filling: Filling, _ f: Frame, on strand: Strand? = nil,
    _ text: @escaping @Sendable () -> String
  ) throws(Raise) -> Value {
    var call = call
    if operation.effect != .read {
      call.key = String.idempotencyKey(run: f.run.runID, effect: text())
    }
    let effect: Effect =
      if filling.follows {
        .follow(call)
      } else if operation.isTransfer {
        .transfer(call)
      } else if operation.success.isStream {
        .open(call)
      } else if operation.success.isPaged {
        .list(call, limit: filling.limit, page: filling.page)
      } else {
        .call(call)
      }
    return try f.run.perform(
      effect, key: EffectKey(text), on: strand ?? f.machine.strand, at: span)
  }
}

/// Filling in what stands in the query and in the body.
extension OperationNode {
  private func filling(_ f: Frame) throws(Raise) -> Filling {
    var filling = Filling()
    if let body {
      let value = try body.value(f)
      guard case .record(let record) = value else {
        throw Raise(.notBody(value, operation), at: body.span)
      }
      filling.body = try sent(record.plain, at: body.span)
    }
    for spread in spreads { try add(spread, f, to: &filling) }
    for option in options {
      let value = try option.node.value(f)
      try set(option.parameter, value, in: &filling, at: option.node.span)
    }
    filling.follows = try follows?.test(f) ?? false
    filling.limit = try limit?.count(f, .records, from: 0)
    if let page = try page?.count(f, .page, from: 0) {
      filling.page = page
      filling.query.append(("page", .int(page)))
    }
    if operation.body.isEmpty == false, filling.body == nil { filling.body = Record() }
    return filling
  }

  /// A body as it is sent; what the operation does not know is for `validate` to refuse.
  private func sent(_ body: Record, at span: Span) throws(Raise) -> Record {
    var sent = body
    for parameter in operation.body {
      guard let value = body[parameter.name] else { continue }
      try attempt(at: span) { () throws(ValueError) in
        try sent.set(parameter.name, parameter.sent(value))
      }
    }
    return sent
  }

  private func add(_ spread: Node, _ f: Frame, to filling: inout Filling) throws(Raise) {
    let value = try spread.value(f)
    guard case .record(let record) = value else {
      throw Raise(.notSpreadable(value, into: .options), at: spread.span)
    }
    for (key, value) in record {
      guard let parameter = operation.parameter(named: key) else {
        throw Raise(.unknownOption(key, operation), at: spread.span)
      }
      try set(parameter, value, in: &filling, at: spread.span)
    }
  }

  private func set(
    _ parameter: Parameter, _ value: Value, in filling: inout Filling, at span: Span
  ) throws(Raise) {
    let value = parameter.sent(value)
    if operation.allHeaders.contains(where: { $0.name == parameter.name }) {
      filling.headers.removeAll { $0.name == parameter.name }
      filling.headers.append((parameter.name, value.plainText))
      return
    }
    guard operation.body.contains(where: { $0.name == parameter.name }) else {
      filling.query.removeAll { $0.name == parameter.name }
      filling.query.append((parameter.name, value))
      return
    }
    var record = filling.body ?? Record()
    try attempt(at: span) { () throws(ValueError) in try record.set(parameter.name, value) }
    filling.body = record
  }
}

extension Run {
  /// Performs an effect on a strand that may be one of a fan-out, unless that is to stop.
  func perform(
    _ effect: Effect, key: EffectKey, on strand: Strand, at span: Span
  ) throws(Raise) -> Value {
    if let reason = strand.cancellation { throw Raise(.cancelled(reason), at: span) }
    do throws(Fault) {
      return try effects.perform(effect, key: key, on: strand)
    } catch {
      let raise = Raise(error)
      raise.pass(through: span)
      throw raise
    }
  }
}

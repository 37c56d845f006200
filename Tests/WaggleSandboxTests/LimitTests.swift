import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

/// Every limit and choice of every operation, one step inside of it and one step outside, made from
/// the catalogue and held against both judges: the one before sending and the one behind the wire.
@Suite("one step inside of a limit is taken, one step outside is not")
struct LimitTests {
  /// A value for one parameter, and whether it is within what the catalogue says.
  struct Trial {
    let value: Value
    let isInside: Bool
  }

  /// Where a parameter stands.
  enum Place { case path, query, header, body }

  static let operations = Catalogue.beeOS.groups.flatMap { Catalogue.beeOS.operations(of: $0) }

  /// What the sandbox holds to more than a schema can say: what comes back as a header field, and
  /// cursors, which must be its own.
  private static let stricter = [
    "presignFileUpload content_type", "listUserTasks since", "listAgentTasks since",
    "listConversations since",
  ]

  /// What the contract says is brought within its limits in silence, where it is not refused here.
  private static let clamped = ["listWebhookDeliveries limit", "invokeAgent timeout_ms"]

  @Test("of an operation", arguments: operations.map(\.id))
  func operation(_ id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    let visitor = Visitor()
    for (place, parameter) in Self.parameters(of: operation) {
      for trial in Self.trials(of: parameter, in: place) {
        let call = Self.call(operation, with: trial.value, for: parameter, in: place)
        let what = "\(id) \(parameter.name) \(trial.value.json().prefix(60))"
        #expect(call.problems.isEmpty == trial.isInside, "\(what): \(call.problems)")
        var request = call.wireRequest()
        request.headers.append(("authorization", "Bearer \(visitor.world.key)"))
        let response = try #require(visitor.world.handle(request, at: visitor.now).response)
        #expect(response.status < 500 || response.status == 503, "\(what): \(response.status)")
        let refused = Self.param(of: response)
        if trial.isInside {
          // An open choice may be refused by the work itself, and so may an offer or a point.
          let isOpen = response.status != 400 || refused.code != "missing_param"
          #expect(isOpen, "\(what): \(refused)")
          if Self.isJudgedBySchema(response), !Self.stricter.contains("\(id) \(parameter.name)") {
            #expect(refused.param != parameter.name, "\(what): \(refused)")
          }
        } else if !Self.clamped.contains("\(id) \(parameter.name)") || response.status == 400 {
          #expect(response.status == 400, "\(what): \(response.status) \(refused)")
        }
      }
    }
  }

  @Test("no limit of any parameter is left without a value on either side")
  func complete() {
    var limits = 0
    for operation in Self.operations {
      for (place, parameter) in Self.parameters(of: operation) {
        let bounds =
          (parameter.length != nil && Self.hasPlainLength(parameter) ? 1 : 0)
          + (parameter.range.map { ($0.lowerBound > .min ? 1 : 0) + ($0.upperBound < .max ? 1 : 0) }
            ?? 0) + (parameter.count == nil ? 0 : 1)
        let isClosed = if case .choice(_, open: false) = parameter.schema { true } else { false }
        let isFormed = [.uuid, .url, .identifier].contains(parameter.form)
        let trials = Self.trials(of: parameter, in: place)
        let least = bounds + (isClosed ? 1 : 0) + (isFormed ? 1 : 0)
        #expect(
          trials.count { !$0.isInside } >= least && trials.count { $0.isInside } > bounds,
          "\(operation.id) \(parameter.name)")
        limits += least
      }
    }
    // The contract alone has 89 of paths, 30 of queries, 5 of headers and 29 of bodies.
    #expect(Self.operations.count == 71 && limits >= 153, "\(limits)")
  }

  @Test(
    "a key that is sent as a header field has 1 to 128 characters, and may be needed",
    arguments: operations.filter { if case .header = $0.key { true } else { false } }.map(\.id))
  func headerKey(_ id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    guard case .header(let isRequired) = operation.key else { return }
    let visitor = Visitor()
    func answer(_ key: String?) throws -> String {
      var request = Self.call(operation, with: .null, for: nil, in: .path).wireRequest()
      request.headers.removeAll { $0.name == "idempotency-key" }
      if let key { request.headers.append(("idempotency-key", key)) }
      request.headers.append(("authorization", "Bearer \(visitor.world.key)"))
      let response = try #require(visitor.world.handle(request, at: visitor.now).response)
      let refused = Self.param(of: response)
      return "\(response.status) \(refused.code) \(refused.param)"
    }
    for key in ["k", String(repeating: "k", count: 128)] {
      #expect(try answer(key).hasPrefix("404 "), "\(id)")
    }
    #expect(
      try answer(String(repeating: "k", count: 129)) == "400 invalid_param Idempotency-Key")
    let missing = "400 missing_param Idempotency-Key"
    #expect(try (answer(nil) == missing) == isRequired, "\(id)")
  }

  @Test("a body of another shape, and one that is too large", arguments: operations.map(\.id))
  func bodies(_ id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    guard !operation.body.isEmpty else { return }
    let visitor = Visitor()
    let call = Self.call(operation, with: .null, for: nil, in: .body)
    func answer(_ body: String) throws -> (status: Int, code: String) {
      var request = call.wireRequest()
      request.body = Array(body.utf8)
      request.headers.append(("authorization", "Bearer \(visitor.world.key)"))
      let response = try #require(visitor.world.handle(request, at: visitor.now).response)
      return (response.status, Self.param(of: response).code)
    }
    for body in ["{", "[1", "nul", "{\"a\":}", "\u{0}"] {
      #expect(try answer(body) == (400, "invalid_json"), "\(id) \(body)")
    }
    for body in ["[]", "1", "\"x\"", "null", "true"] {
      #expect(try answer(body) == (400, "invalid_body"), "\(id) \(body)")
    }
    let most = try #require(operation.maxBodyBytes)
    let padding = String(repeating: " ", count: most)
    #expect(try answer(padding + "{}") == (413, "payload_too_large"), "\(id)")
  }

  // MARK: Making calls

  private static func parameters(of operation: Operation) -> [(Place, Parameter)] {
    operation.pathParameters.map { (.path, $0) } + operation.query.map { (.query, $0) }
      + operation.headers.map { (.header, $0) } + operation.body.map { (.body, $0) }
  }

  /// A call that is right but for one value; an alias is left out unless it is the one.
  private static func call(
    _ operation: Operation, with value: Value, for odd: Parameter?, in place: Place
  ) -> Call {
    var query: [(name: String, value: Value)] = []
    var headers: [(name: String, value: String)] = []
    var body = Record()
    func given(_ parameter: Parameter, _ its: Place) -> Value? {
      if its == place, parameter.name == odd?.name { return value }
      let isAlias = odd?.alias == parameter.name || parameter.alias != nil
      return parameter.isRequired && !isAlias ? usual(parameter) : nil
    }
    let path = operation.pathParameters.map { given($0, .path)?.plainText ?? "" }
    for parameter in operation.query {
      if let value = given(parameter, .query) { query.append((parameter.name, value)) }
    }
    for parameter in operation.headers {
      if let value = given(parameter, .header) {
        headers.append((parameter.name, value.plainText))
      }
    }
    for parameter in operation.body {
      if let value = given(parameter, .body) { try? body.set(parameter.name, value) }
    }
    for case .oneOf(let names) in operation.rules where !names.contains(odd?.name ?? "") {
      try? body.set(names[0], .text("scout-standard"))
    }
    for case .notEmpty in operation.rules where body.keys.isEmpty {
      try? body.set("visibility", .text("private"))
    }
    return Call(
      operation, path: path, query: query, headers: headers,
      body: operation.body.isEmpty ? nil : body, key: "limits")
  }

  /// A value that is surely right.
  private static func usual(_ parameter: Parameter) -> Value {
    if let form = parameter.form {
      switch form {
      case .uuid: return .text("0b9f6d0e-7a51-4e0b-9c37-5f7f6b1f2a10")
      case .url: return .text("https://hooks.example/done")
      case .identifier: return .text("c")
      case .target: return .text("/api/v1/tasks")
      case .texts: return .record(Record())
      case .ascii: return .text("a key")
      }
    }
    switch parameter.schema {
    case .choice(let values, _): return .text(values[0])
    case .int: return .int(max(0, parameter.range?.lowerBound ?? 0))
    case .bool: return .bool(true)
    case .list: return counted(parameter, 1)
    case .record: return .record(Record())
    default: return .text(String(repeating: "a", count: max(1, parameter.length?.lowerBound ?? 1)))
    }
  }

  private static func trials(of parameter: Parameter, in place: Place) -> [Trial] {
    var trials = [Trial(value: usual(parameter), isInside: true)]
    if hasPlainLength(parameter), let length = parameter.length {
      let letter = parameter.form == nil ? "é" : "a"
      let texts = { (count: Int) in Value.text(String(repeating: letter, count: count)) }
      let wrap = { (text: Value) -> Value in
        if case .list = parameter.schema {
          (try? List([text])).map(Value.list) ?? .null
        } else {
          text
        }
      }
      trials.append(Trial(value: wrap(texts(length.lowerBound)), isInside: true))
      trials.append(Trial(value: wrap(texts(length.upperBound)), isInside: true))
      trials.append(Trial(value: wrap(texts(length.upperBound + 1)), isInside: false))
      // An empty step of a path is another path.
      if length.lowerBound > 0, place != .path {
        trials.append(Trial(value: wrap(texts(length.lowerBound - 1)), isInside: false))
      }
    }
    trials += numbers(parameter.range) + choices(parameter) + counts(parameter)
    if place == .body {
      if case .any = parameter.schema { return trials }
      trials.append(Trial(value: .null, isInside: parameter.isNullable))
      let isBool = if case .bool = parameter.schema { true } else { false }
      trials.append(Trial(value: isBool ? .text("yes") : .bool(true), isInside: false))
    }
    return trials
  }

  /// Whether its length is a limit of its own, as it is not where its form has one length.
  private static func hasPlainLength(_ parameter: Parameter) -> Bool {
    [nil, .identifier, .ascii].contains(parameter.form)
  }

  private static func numbers(_ range: ClosedRange<Int>?) -> [Trial] {
    guard let range else { return [] }
    var trials = [
      Trial(value: .int(range.lowerBound), isInside: true),
      Trial(value: .int(range.upperBound), isInside: true),
    ]
    if range.lowerBound > .min {
      trials.append(Trial(value: .int(range.lowerBound - 1), isInside: false))
    }
    if range.upperBound < .max {
      trials.append(Trial(value: .int(range.upperBound + 1), isInside: false))
    }
    return trials
  }

  private static func choices(_ parameter: Parameter) -> [Trial] {
    guard case .choice(let values, let isOpen) = parameter.schema else {
      return [.uuid, .url, .identifier].contains(parameter.form)
        ? [Trial(value: .text("no form"), isInside: false)] : []
    }
    return values.map { Trial(value: .text($0), isInside: true) }
      + (isOpen ? [] : [Trial(value: .text("nonesuch"), isInside: false)])
  }

  private static func counts(_ parameter: Parameter) -> [Trial] {
    guard let count = parameter.count else { return [] }
    var trials = [
      Trial(value: counted(parameter, count.lowerBound), isInside: true),
      Trial(value: counted(parameter, count.upperBound), isInside: true),
      Trial(value: counted(parameter, count.upperBound + 1), isInside: false),
    ]
    if count.lowerBound > 0 {
      trials.append(Trial(value: counted(parameter, count.lowerBound - 1), isInside: false))
    }
    return trials
  }

  /// A list of so many items that are surely right.
  private static func counted(_ parameter: Parameter, _ count: Int) -> Value {
    var item = Value.text("a")
    if !parameter.fields.isEmpty {
      var record = Record()
      for field in parameter.fields where field.isRequired {
        try? record.set(field.name, usual(field))
      }
      item = .record(record)
    }
    return (try? List(Array(repeating: item, count: count))).map(Value.list) ?? .null
  }

  // MARK: Reading answers

  private static func param(of response: WireResponse) -> (code: String, param: String) {
    var reader = JSONReader()
    let error = (try? reader.read(response.body))?["error"]
    return (error?["code"]?.plainText ?? "", error?["param"]?.plainText ?? "")
  }

  private static func isJudgedBySchema(_ response: WireResponse) -> Bool {
    var reader = JSONReader()
    let type = (try? reader.read(response.body))?["error"]?["type"]?.plainText
    return type == "validation_error"
  }
}

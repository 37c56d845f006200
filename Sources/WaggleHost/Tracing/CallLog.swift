import Logging
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

/// What `-v` and `-vv` say of calls: a line for each, and what was sent and came.
struct CallLog: Sendable {
  private let logger: Logger

  /// Logs to a terminal; `isDetailed` with bodies.
  init(_ terminal: Terminal, format: Options.Format, isDetailed: Bool) {
    var logger = Logger(label: "waggle") { _ in
      TerminalLogHandler(terminal: terminal, format: format)
    }
    logger.logLevel = isDetailed ? .debug : .info
    self.logger = logger
  }

  /// Says how a call went: never a key, a body or a query.
  func ended(_ call: TracedGateway.Trace) {
    let outcome = [call.status.map(String.init), call.code].compactMap { $0 }
      .joined(separator: " ")
    let took = Duration(nanoseconds: call.took / 1_000_000 * 1_000_000).text
    let request = call.requestID.map { " \($0)" } ?? ""
    var fields: Logger.Metadata = [
      "time": Self.time(call.ended), "method": "\(call.method)", "path": "\(call.path)",
      "took_ms": .stringConvertible(call.took / 1_000_000),
    ]
    if let status = call.status { fields["status"] = .stringConvertible(status) }
    if let code = call.code { fields["code"] = "\(code)" }
    if let id = call.requestID { fields["request_id"] = "\(id)" }
    let line = SafeText("\(call.method) \(call.path) \(outcome) \(took)\(request)").text
    logger.info("\(line)", metadata: fields)
  }

  /// Says that a call which failed is made again, and when.
  func pausing(_ pause: RetryingGateway.Pause) {
    let rest = Duration(nanoseconds: pause.nanoseconds / 1_000_000 * 1_000_000).text
    let line = SafeText(
      "\(pause.method) \(pause.path) failed \(pause.tries == 1 ? "once" : "\(pause.tries) times");"
        + " again in \(rest)"
    ).text
    logger.info(
      "\(line)",
      metadata: [
        "time": Self.time(pause.begun), "method": "\(pause.method)", "path": "\(pause.path)",
        "code": "\(pause.code)", "tries": .stringConvertible(pause.tries),
        "again_in_ms": .stringConvertible(pause.nanoseconds / 1_000_000),
      ])
  }

  /// Shows what went over the wire, without its secrets.
  func exchanged(_ exchange: WireExchange, _ mask: BodyMask) {
    let (request, response) = (exchange.request, exchange.response)
    let operation = exchange.call.operation
    let sent = mask.text(of: request.body, operation)
    let came = response.flatMap { mask.text(of: $0, operation) }
    var fields: Logger.Metadata = [
      "time": Self.time(exchange.ended), "method": "\(request.method)", "path": "\(request.path)",
    ]
    if let sent { fields["request_body"] = "\(sent)" }
    if let came { fields["response_body"] = "\(came)" }
    if let id = response?.header("x-request-id") { fields["request_id"] = "\(id)" }
    let lines = [
      "> \(request.method) \(request.path)\(mask.query(of: exchange))"
        + (sent.map { " " + $0 } ?? ""),
      response.map { "< \($0.status)" + (came.map { " " + $0 } ?? "") } ?? "< no answer",
    ]
    logger.debug("\(lines.joined(separator: "\n"))", metadata: fields)
  }

  private static func time(_ instant: Instant) -> Logger.MetadataValue {
    "\(Timestamp(nanoseconds: instant.nanoseconds).text)"
  }
}

/// Writes log events to standard error: as lines for people, or each as a line of JSON.
struct TerminalLogHandler: LogHandler {
  let terminal: Terminal
  let format: Options.Format
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    switch format {
    case .text:
      terminal.complain(SafeText(event.message.description, keepsLines: true).text + "\n")
    case .json: terminal.complain(json(event) + "\n")
    }
  }

  /// The event as a record: its time, level and message, then its other fields by name.
  private func json(_ event: LogEvent) -> String {
    var fields = metadata.merging(event.metadata ?? [:]) { $1 }
    var pairs: [(String, Value)] = []
    if let time = fields.removeValue(forKey: "time") { pairs.append(("time", Self.value(time))) }
    pairs.append(("level", .text(event.level.rawValue)))
    pairs.append(("message", .text(event.message.description)))
    for key in fields.keys.sorted() {
      if let field = fields[key] { pairs.append((key, Self.value(field))) }
    }
    return Value.record(pairs: pairs).json()
  }

  private static func value(_ field: Logger.MetadataValue) -> Value {
    if case .stringConvertible(let number as Int) = field { return .int(number) }
    return .text(field.description)
  }
}

import Testing
import WaggleTime
import WaggleValues

@testable import WaggleCatalogue

@Suite struct ReplyDecodingTests {
  /// 2026-05-14T18:00:00Z.
  private let now = Instant(nanoseconds: 1_778_781_600_000_000_000)

  private func decode(
    _ operation: String, _ status: Int, _ body: String,
    headers: [(name: String, value: String)] = []
  ) throws -> Reply {
    let operation = try #require(Catalogue.beeOS.operation(id: operation))
    let call = Call(operation, path: operation.pathParameters.map { _ in "instance_1" })
    return try Reply(
      decoding: WireResponse(status: status, headers: headers, body: Array(body.utf8)), of: call,
      at: now)
  }

  private func fault(
    _ operation: String, _ status: Int, _ body: String,
    headers: [(name: String, value: String)] = []
  ) throws -> CallFault {
    try #require(throws: CallFault.self) {
      try decode(operation, status, body, headers: headers)
    }
  }

  @Test("a record comes out of its envelope with its type")
  func record() throws {
    let reply = try decode(
      "getInstance", 200,
      #"{"success":true,"data":{"id":"i","status":"running","createdAt":"2026-05-14T18:00:00Z","new":1}}"#,
      headers: [("x-request-id", "req_1")])
    guard case .record(let record) = reply.data else { throw Missing() }
    #expect(record.type === RecordType.instance)
    #expect(record["createdAt"]?.kind == .time)
    #expect(try record.field("region").isNull)
    #expect(reply.data.json().contains(#""new":1"#))
    #expect(reply.status == 200 && reply.total == nil && reply.requestID == "req_1")
  }

  @Test("a list comes with its total, which may be absent")
  func list() throws {
    let row = #"{"id":"i","status":"stopped"}"#
    let full = try decode("listInstances", 200, #"{"success":true,"data":[\#(row)],"total":41}"#)
    #expect(full.total == 41)
    #expect(full.data.json() == "[\(row)]")
    #expect(try decode("listInstances", 200, #"{"data":[],"success":true}"#).total == nil)
    #expect(
      try decode("listInstances", 200, #"{"success":true,"data":[],"total":null}"#).total == nil)
  }

  @Test("destroy answers a text, and any 2xx is a success")
  func otherSuccesses() throws {
    let reply = try decode("destroyInstance", 202, #"{"success":true,"data":"destroyed"}"#)
    #expect(reply.data.plainText == "destroyed" && reply.status == 202)
  }

  @Test("an operation without data takes 204 without a body, and a bare one its whole body")
  func noContentAndBare() throws {
    let nothing = operation(Success(204, .nothing))
    let empty = try Reply(decoding: WireResponse(status: 204), of: Call(nothing), at: now)
    #expect(empty.data.isNull)
    let bare = operation(Success(200, .record(.deviceInfo), isEnveloped: false))
    let response = WireResponse(status: 200, body: Array(#"{"type":"linux"}"#.utf8))
    let reply = try Reply(decoding: response, of: Call(bare), at: now)
    #expect(reply.data.json() == #"{"type":"linux"}"#)
  }

  private func operation(_ success: Success) -> WaggleCatalogue.Operation {
    WaggleCatalogue.Operation(
      id: "x", group: "x", action: "y", method: "GET", path: "/x", summary: "",
      success: success, effect: .read, replay: .safe, example: "")
  }

  @Test("a refusal is taken apart")
  func refusal() throws {
    let body = """
      {"success":false,"error":{"type":"validation_error","code":"invalid_param",\
      "message":"too long","request_id":"req_9","param":"name","metadata":{"k":"v"}}}
      """
    let fault = try fault("deployInstance", 400, body, headers: [("x-request-id", "other")])
    #expect(fault.cause == .refused && fault.status == 400)
    #expect(fault.code == "invalid_param" && fault.message == "too long")
    #expect(fault.parameter == "name" && fault.requestID == "req_9")
    #expect(fault.retryAfter == nil && !fault.isOutcomeUnknown)
  }

  @Test("only code and message are required of an error, and the id may stand in the header")
  func smallRefusal() throws {
    let fault = try fault(
      "getInstance", 404, #"{"error":{"code":"agent_not_found","message":""}}"#,
      headers: [("x-request-id", "req_2")])
    #expect(fault.cause == .refused && fault.code == "agent_not_found")
    #expect(fault.requestID == "req_2")
  }

  @Test(
    "a server error leaves the outcome of a change open, unless it was not carried out",
    arguments: [
      ("startInstance", 500, "internal_error", true),
      ("startInstance", 503, "agent_service_unavailable", true),
      ("startInstance", 504, "service_timeout", true),
      ("startInstance", 503, "auth_unavailable", false),
      ("startInstance", 429, "rate_limited", false), ("startInstance", 409, "conflict", false),
      ("getInstance", 500, "internal_error", false),
    ])
  func outcome(operation: String, status: Int, code: String, isUnknown: Bool) throws {
    let fault = try fault(
      operation, status, #"{"success":false,"error":{"code":"\#(code)","message":"m"}}"#)
    #expect(fault.isOutcomeUnknown == isUnknown)
  }

  @Test(
    "Retry-After is read in seconds and as a date",
    arguments: [
      ("7", 7), ("0", 0), (" 5 ", 5), ("99999999999999999999", 86_400),
      ("Thu, 14 May 2026 18:00:30 GMT", 30), ("Thu, 14 May 2026 17:59:59 GMT", nil),
      ("Thu, 14 May 2026 18:00:00 GMT", 0),
      ("Thursday, 14-May-26 18:01:00 GMT", 60), ("Thu May 14 18:00:09 2026", 9), ("soon", nil),
      ("-1", nil), ("1.5", nil), ("", nil),
    ] as [(String, Int?)])
  func retryAfter(text: String, seconds: Int?) throws {
    let fault = try fault(
      "getInstance", 429, #"{"error":{"code":"rate_limited","message":"m"}}"#,
      headers: [("retry-after", text)])
    #expect(fault.retryAfter == seconds.map { $0 * 1_000_000_000 })
  }

  @Test(
    "a date in Retry-After counts from the answer's own date, however far its clock is off",
    arguments: [12, 16, 18, 20, 23])
  func retryAfterDate(hour: Int) throws {
    let fault = try fault(
      "getInstance", 503, "<html>",
      headers: [
        ("date", "Thu, 14 May 2026 \(hour):00:00 GMT"),
        ("retry-after", "Thu, 14 May 2026 \(hour):00:05 GMT"),
      ])
    #expect(fault.cause == .malformed && fault.status == 503)
    #expect(fault.retryAfter == 5_000_000_000)
  }

  /// An operation, a status, a body and the end of the message.
  static let noContract: [(String, Int, String, String)] = [
    ("getInstance", 200, "<!doctype html>", "(status 200) must be JSON, but is HTML"),
    ("getInstance", 404, "<html>not here</html>", "(status 404) must be JSON, but is HTML"),
    ("getInstance", 502, "", "(status 502) must be JSON, but is empty"),
    ("getInstance", 204, "", "(status 204) must be JSON, but is empty"),
    ("getInstance", 302, "", "must be JSON, but is a redirect, which is not followed"),
    ("getInstance", 200, "[]", "must be an envelope, but is a list"),
    ("getInstance", 200, "{}", "must be a success, but its `success` is absent"),
    (
      "getInstance", 200, #"{"success":false,"error":{"code":"c","message":"m"}}"#,
      "must be a success, but its `success` is false: c, m"
    ),
    ("getInstance", 200, #"{"success":true}"#, "must be an envelope with `data`, but has none"),
    (
      "getInstance", 200, #"{"success":true,"data":[]}"#,
      "must be a record as `data`, but it is a list"
    ),
    (
      "getInstance", 200, #"{"success":true,"data":null}"#,
      "must be a record as `data`, but it is null"
    ),
    (
      "getInstance", 200, #"{"success":true,"data":{"status":"running"}}"#,
      "must be records with a text as `id`, but that of the Instance is absent"
    ),
    (
      "getInstance", 200, #"{"success":true,"data":{"id":"i","status":3}}"#,
      "must be records with a text as `status`, but that of the Instance is 3"
    ),
    (
      "listInstances", 200, #"{"success":true,"data":{}}"#,
      "must be a list as `data`, but it is a record"
    ),
    (
      "listInstances", 200, #"{"success":true,"data":[{"id":"i","status":"running"},7]}"#,
      "must be a list of records, but Instance 2 of the list is an int"
    ),
    (
      "listInstances", 200, #"{"success":true,"data":[],"total":"3"}"#,
      "must be a list with a count as `total`, but that is 3"
    ),
    (
      "listInstances", 200, #"{"success":true,"data":[],"total":-1}"#,
      "must be a list with a count as `total`, but that is -1"
    ),
    (
      "destroyInstance", 200, #"{"success":true,"data":{}}"#,
      "must be a text as `data`, but it is a record"
    ),
    (
      "getInstance", 500, #"{"message":"oops"}"#,
      "must be an error with `code` and `message`, but is a record without them"
    ),
    (
      "getInstance", 400, #"{"success":true,"error":{"code":"c","message":"m"}}"#,
      "must be an error with `code` and `message`, but is a record without them"
    ),
  ]

  @Test("an answer that is not the contract says what it is", arguments: noContract)
  func malformedAnswers(operation: String, status: Int, body: String, end: String) throws {
    let fault = try fault(operation, status, body)
    #expect(fault.cause == .malformed && fault.code == "malformed_answer")
    #expect(fault.status == status)
    #expect(fault.message.hasSuffix(end), "\(fault.message)")
  }

  @Test("an answer cut at any byte is malformed, and a change's outcome then unknown")
  func cutAnswers() throws {
    let body = Array(
      #"{"success":true,"data":{"id":"é","status":"running","models":["a"],"isTrial":true}}"#.utf8)
    let operation = try #require(Catalogue.beeOS.operation(id: "startInstance"))
    for end in body.indices {
      let response = WireResponse(status: 200, body: Array(body[..<end]))
      let fault = try #require(throws: CallFault.self) {
        try Reply(decoding: response, of: Call(operation, path: ["i"]), at: now)
      }
      #expect(fault.cause == .malformed && fault.isOutcomeUnknown)
    }
  }

  @Test("an error cut at any byte is malformed and keeps its status")
  func cutErrors() throws {
    let body = Array(#"{"success":false,"error":{"code":"conflict","message":"no"}}"#.utf8)
    let operation = try #require(Catalogue.beeOS.operation(id: "startInstance"))
    for end in body.indices {
      let response = WireResponse(status: 409, body: Array(body[..<end]))
      let fault = try #require(throws: CallFault.self) {
        try Reply(decoding: response, of: Call(operation, path: ["i"]), at: now)
      }
      #expect(fault.cause == .malformed && fault.status == 409 && !fault.isOutcomeUnknown)
    }
  }
}

/// What a test throws where something is not there.
struct Missing: Error {}

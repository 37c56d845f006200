import Testing
import WaggleTime
import WaggleValues

@testable import WaggleCatalogue

@Suite("The forms that refusals come in")
struct RefusalFormTests {
  private let now = Instant(nanoseconds: 1_778_781_600_000_000_000)

  private func fault(_ id: String, _ status: Int, _ body: some Sequence<UInt8>) throws -> CallFault?
  {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    let call = Call(operation, path: operation.pathParameters.map { _ in "x1" }, key: "k")
    let response = WireResponse(
      status: status, headers: [("x-request-id", "req_1")], body: Array(body))
    do throws(CallFault) {
      _ = try Reply(decoding: response, of: call, at: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("an agent that answers that it failed is a fault, inside of a success as it is")
  func inBand() throws {
    let cases = [
      (#"{"text":"no tools","context_id":"c","is_error":true}"#, "agent_reply_error", "no tools"),
      (
        #"{"text":"busy","context_id":"c","is_error":true,"code":"agent_rejected"}"#,
        "agent_rejected", "busy"
      ),
      (
        #"{"text":"","context_id":"c","is_error":true}"#, "agent_reply_error",
        "the agent failed and does not say why"
      ),
    ]
    for (data, code, message) in cases {
      let fault = try fault("invokeAgent", 200, #"{"success":true,"data":\#(data)}"#.utf8)
      #expect(fault?.cause == .refused)
      #expect(fault?.code == code)
      #expect(fault?.message == message)
      #expect(fault?.requestID == "req_1")
      #expect(fault?.isOutcomeUnknown == false)
    }
    let good = #"{"success":true,"data":{"text":"hi","context_id":"c","is_error":false}}"#
    #expect(try fault("invokeAgent", 200, good.utf8) == nil)
  }

  @Test("a method that the runtime rejects is a fault with the name as its code")
  func twoFaced() throws {
    let plain =
      #"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"METHOD_NOT_SUPPORTED"}}"#
    let fault = try fault("invokeRuntimeMethod", 200, plain.utf8)
    #expect(fault?.code == "METHOD_NOT_SUPPORTED")
    #expect(fault?.message == "the runtime rejected `runtime call x1`")
    let waiting = """
      {"jsonrpc":"2.0","id":1,"error":{"code":-32004,"message":"INSTANCE_OFFLINE",
      "data":{"message":"come back later","retryAfterMs":1500}}}
      """
    let later = try self.fault("invokeRuntimeMethod", 200, waiting.utf8)
    #expect(later?.retryAfter == 1_500_000_000)
    #expect(later?.message == "the runtime rejected `runtime call x1`: come back later")
    #expect(try self.fault("invokeRuntimeMethod", 202, #"{"accepted":true}"#.utf8) == nil)
    #expect(try self.fault("invokeRuntimeMethod", 200, "{}".utf8)?.cause == .malformed)
  }

  @Test("an accepted method has the id of its operation, from the header where the body has none")
  func accepted() throws {
    let operation = try #require(Catalogue.beeOS.operation(id: "invokeRuntimeMethod"))
    func id(_ body: String) throws -> String? {
      let response = WireResponse(
        status: 202, headers: [("x-beeos-operation-id", "op-7")], body: Array(body.utf8))
      let reply = try Reply(
        decoding: response, of: Call(operation, path: ["x1"]), at: Instant(nanoseconds: 0))
      guard case .record(let record) = reply.data else { return nil }
      return record["operationId"]?.plainText
    }
    #expect(try id(#"{"accepted":true}"#) == "op-7")
    #expect(try id(#"{"operationId":"op-8"}"#) == "op-8")
  }

  @Test("refusals of runtime operations have no envelope")
  func bare() throws {
    let over = #"{"code":"OPERATION_NOT_CANCELLABLE","operationId":"op-1","httpStatus":409}"#
    let fault = try fault("cancelRuntimeOperation", 409, over.utf8)
    #expect(fault?.cause == .refused)
    #expect(fault?.code == "OPERATION_NOT_CANCELLABLE")
    #expect(fault?.message == "operation op-1 can no longer be cancelled")
    let ahead = """
      {"code":"OPERATION_CURSOR_AHEAD","operationId":"op-1","cursor":"9","lastSequence":"4",
      "httpStatus":409}
      """
    let cursor = try self.fault("getRuntimeOperation", 409, ahead.utf8)
    #expect(cursor?.message == "event 9 of operation op-1 does not exist; the last one is 4")
  }

  @Test(
    "an answer that is cut at any byte is a fault, never a value",
    arguments: [
      ("getInstance", 200, #"{"success":true,"data":{"id":"i","status":"running"}}"#),
      (
        "listInstances", 200, #"{"success":true,"data":[{"id":"i","status":"running"}],"total":12}"#
      ),
      ("destroyInstance", 200, #"{"success":true,"data":"destroyed"}"#),
      (
        "listUserTasks", 200,
        #"{"success":true,"data":{"tasks":[{"task_id":"t","agent_id":"a","state":"active"}],"next_since":"x"}}"#
      ),
      ("getRuntimeCapabilities", 200, #"{"methods":["models/list"]}"#),
      (
        "invokeAgent", 200,
        #"{"success":true,"data":{"text":"é","context_id":"c","is_error":false}}"#
      ),
      ("invokeRuntimeMethod", 202, #"{"operationId":"op-1"}"#),
    ])
  func cut(_ id: String, _ status: Int, _ body: String) throws {
    let bytes = Array(body.utf8)
    #expect(try fault(id, status, bytes) == nil, "the whole is a value")
    for length in bytes.indices {
      #expect(try fault(id, status, bytes[..<length])?.cause == .malformed, "\(length) bytes")
    }
  }

  @Test("a refusal that is cut at any byte is a malformed answer of its status")
  func cutRefusal() throws {
    let bytes = Array(
      #"{"success":false,"error":{"code":"conflict","message":"no","type":"conflict_error"}}"#.utf8)
    for length in bytes.indices {
      let fault = try #require(try fault("startInstance", 409, bytes[..<length]))
      #expect(fault.cause == .malformed)
      #expect(fault.status == 409)
      #expect(!fault.isOutcomeUnknown)
    }
  }
}

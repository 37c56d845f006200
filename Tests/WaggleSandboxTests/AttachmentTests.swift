import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite("Files that go with a message")
struct AttachmentTests {
  @Test("are the caller's own and have been uploaded", arguments: ["tasks", "invoke"])
  func judged(_ action: String) throws {
    let visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())/\(action)"
    func verdict(_ id: String) throws -> String {
      try visitor.verdict(
        "POST", path, body: #"{"message":"read it","attachments":[{"file_id":"\#(id)"}]}"#)
    }
    let file = try visitor.presign()
    #expect(try verdict("file_99") == "404 not_found_error agent_not_found")
    #expect(
      try verdict(file.id) == "400 validation_error invalid_param attachments.file_id")
    #expect(try visitor.rows("/api/v1/tasks", "tasks", "task_id", query: "state=all").isEmpty)
    #expect(
      try visitor.transferVerdict("PUT", file.upload, type: "text/plain", body: [0x61]) == "200")
    #expect(try verdict(file.id) == (action == "tasks" ? "202" : "200"))
    let (_, theirs) = try visitor.ask(
      "POST", "/api/v1/files/presign-upload",
      body: #"{"filename":"b","content_type":"text/plain"}"#,
      headers: [("authorization", "Bearer \(visitor.world.otherKey)")])
    let foreign = try #require(theirs["data"]?["file_id"]?.plainText)
    #expect(try verdict(foreign) == "404 not_found_error agent_not_found")
  }
}

import Testing
import WaggleValues

@testable import WaggleCatalogue

@Suite("The links of the OpenAPI document")
struct LinkTests {
  private static let operations = Catalogue.beeOS.groups.flatMap {
    Catalogue.beeOS.operations(of: $0)
  }

  /// The links of an answer: the parameters of each, by the id of the operation that it leads to.
  private func links(from id: String) throws -> [String: String] {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    guard case .record(let links)? = operation.links(to: Self.operations, in: .beeOS) else {
      return [:]
    }
    var found: [String: String] = [:]
    for name in links.keys {
      guard case .record(let link)? = links[name] else { continue }
      found[name] = link["parameters"]?.json() ?? ""
    }
    return found
  }

  @Test(
    "take each id from the answer, or from the request that it answers",
    arguments: [
      ("listInstances", "mobileTap", #"{"id":"$response.body#/data/0/id"}"#),
      ("deployInstance", "getInstance", #"{"id":"$response.body#/data/id"}"#),
      (
        "listUserTasks", "cancelTask",
        #"{"agentId":"$response.body#/data/tasks/0/agent_id","#
          + #""taskId":"$response.body#/data/tasks/0/task_id"}"#
      ),
      (
        "listTaskWebhooks", "deleteTaskWebhook",
        #"{"agentId":"$request.path.agentId","taskId":"$response.body#/data/webhooks/0/task_id","#
          + #""webhookId":"$response.body#/data/webhooks/0/webhook_id"}"#
      ),
      (
        "listRuntimeOperations", "getRuntimeOperation",
        #"{"instanceId":"$response.body#/operations/0/instanceId","#
          + #""operationId":"$response.body#/operations/0/id"}"#
      ),
    ])
  func parameters(from: String, to: String, parameters: String) throws {
    #expect(try links(from: from)[to] == parameters)
  }

  @Test(
    "do not lead on from what was known already, or to what is only near by",
    arguments: [
      ("getTask", "cancelTask"), ("listUserTasks", "getAgent"), ("getAgent", "getInstance"),
    ])
  func none(from: String, to: String) throws {
    #expect(try links(from: from)[to] == nil)
  }

  @Test("lead to every operation that needs an id")
  func everywhere() throws {
    let reached = try Set(Self.operations.flatMap { try links(from: $0.id).keys })
    let needing = Self.operations.filter { !$0.pathParameters.isEmpty }.map(\.id)
    let free = ["listAgentTasks", "listConversations", "createTask"]
    #expect(needing.count > 50 && free.allSatisfy(reached.contains))
    #expect(needing.filter { !reached.contains($0) } == [])
  }
}

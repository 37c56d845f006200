import Testing
import WaggleValues

@testable import WaggleCatalogue

/// What the contract says of the operations, written down here a second time.
@Suite struct CatalogueTests {
  private let catalogue = Catalogue.beeOS

  @Test("the eight operations are those of the contract, in its order")
  func operations() {
    let lines = catalogue.operations(of: "instances").map { operation in
      let ids = operation.pathParameters.map(\.name).joined(separator: ",")
      return "\(operation.id) \(operation.method) \(operation.path) [\(ids)] "
        + "\(operation.success.status) \(operation.effect) \(operation.replay)"
    }
    #expect(
      lines == [
        "listInstances GET /api/v1/instances [] 200 read safe",
        "deployInstance POST /api/v1/instances [] 201 change unsafe",
        "getInstance GET /api/v1/instances/{id} [id] 200 read safe",
        "destroyInstance DELETE /api/v1/instances/{id} [id] 200 destroy checkFirst",
        "startInstance POST /api/v1/instances/{id}/start [id] 200 change checkFirst",
        "stopInstance POST /api/v1/instances/{id}/stop [id] 200 change checkFirst",
        "restartInstance POST /api/v1/instances/{id}/restart [id] 200 change unsafe",
        "getDeviceInfo GET /api/v1/instances/{id}/device/info [id] 200 read safe",
      ])
  }

  @Test("parameters have the contract's names, kinds and limits")
  func parameters() throws {
    func lines(_ parameters: [Parameter]) -> [String] {
      parameters.map { parameter in
        let length = parameter.length.map { " \($0.lowerBound)..\($0.upperBound) long" } ?? ""
        let range = parameter.range.map { " \($0.lowerBound)..\($0.upperBound)" } ?? ""
        return "\(parameter.name): \(parameter.schema.description)\(length)\(range)"
          + (parameter.isRequired ? " required" : "")
      }
    }
    let list = try #require(catalogue.operation(id: "listInstances"))
    #expect(
      lines(list.query) == [
        "page: int 0..2147483647", "pageSize: int 0..200",
        "status: one of pending, provisioning, running, stopped, terminated",
        "providerId: text", "agentFramework: text", "clusterId: text", "search: text",
      ])
    let deploy = try #require(catalogue.operation(id: "deployInstance"))
    #expect(
      lines(deploy.body) == [
        "variantId: text 0..128 long", "agentFramework: text 0..64 long",
        "providerId: text 0..64 long", "providerConfig: record", "name: text 0..128 long required",
        "modelPrimary: text 0..128 long", "models: list of text 0..128 long",
        "systemPrompt: text 0..8192 long", "mcpServers: record", "bridgeId: text 0..128 long",
        "config: record", "clusterId: text 0..128 long", "preferredRegion: text 0..64 long",
      ])
    #expect(deploy.maxBodyBytes == 65_536)
    let get = try #require(catalogue.operation(id: "getInstance"))
    #expect(lines(get.pathParameters) == ["id: text 1..128 long required"])
  }

  @Test("an instance has the contract's fields, optional ones marked")
  func instanceFields() {
    let names = RecordType.instance.fields.map { $0.name + ($0.isOptional ? "?" : "") }
    #expect(
      names.joined(separator: " ")
        == """
        id ownerId agentFramework providerId externalId osType hostingType cloudProvider name \
        modelPrimary models status desiredStatus endpoint bridgeId identityId totalRunSeconds \
        connectivity connectivityReason? haltReason? providerConfig publicIp? clusterId? region? \
        imageId? imageRef? isTrial? expiresAt? errorMessage? systemPrompt? mcpServers? startedAt? \
        stoppedAt? statusEnteredAt? connectivityUpdatedAt? msConnectionStatus? \
        msConnectionUpdatedAt? createdAt? updatedAt? screenshotUrl? screenshotUpdatedAt? \
        capabilities?
        """)
    let times = RecordType.instance.fields.filter {
      if case .time = $0.schema { true } else { false }
    }
    #expect(times.allSatisfy { $0.name.hasSuffix("At") } && times.count == 9)
  }

  @Test("words find their operation")
  func words() {
    #expect(catalogue.groups == ["instances"])
    #expect(
      catalogue.actions(of: "instances") == [
        "list", "deploy", "get", "destroy", "start", "stop", "restart", "device-info",
      ])
    #expect(catalogue.actions(of: "bees") == [])
    #expect(catalogue.operation(group: "instances", action: "device-info")?.id == "getDeviceInfo")
    #expect(catalogue.operation(group: "instances", action: "info") == nil)
    #expect(catalogue.operation(shortForm: "bees")?.id == "listInstances")
    #expect(catalogue.operation(shortForm: "list") == nil)
    #expect(catalogue.operation(id: "invokeAgent") == nil)
  }

  @Test("the short forms of a group are those of its entries")
  func shortForms() {
    for group in catalogue.groups {
      let ofEntries = catalogue.operations(of: group).compactMap(\.shortForm)
      #expect(Set(ofEntries) == Set(catalogue.shortForms))
      #expect(ofEntries.count == catalogue.shortForms.count)
    }
  }

  @Test(
    "option names match whatever their case and hyphens",
    arguments: [
      ("agent-framework", "agentFramework", true), ("AGENT_FRAMEWORK", "agentFramework", true),
      ("agentframework", "agentFramework", true), ("agent-frameworks", "agentFramework", false),
      ("agent.framework", "agentFramework", false), ("", "agentFramework", false),
    ])
  func optionNames(typed: String, name: String, isSame: Bool) {
    #expect(Catalogue.isSameOption(typed, name) == isSame)
  }

  @Test("what a type says of itself names its own fields and operations")
  func entries() throws {
    for name in ["Instance", "DeviceInfo"] {
      let entry = try #require(catalogue.entry(named: name))
      #expect(catalogue.recordType(named: name) === entry.type)
      #expect(catalogue.entry(of: entry.type)?.columns == entry.columns)
      let lifecycle = entry.lifecycle
      let fields =
        entry.columns
        + [
          entry.idField, lifecycle?.status, lifecycle?.desired, lifecycle?.entered,
          lifecycle?.error,
        ]
        .compactMap { $0 }
      #expect(fields.allSatisfy { entry.type.field($0) != nil })
      for id in [entry.refresh, entry.list].compactMap({ $0 }) {
        #expect(catalogue.operation(id: id) != nil)
      }
    }
    #expect(catalogue.entry(named: "Task") == nil)
    #expect(catalogue.entry(of: RecordType("Instance", [])) == nil)
  }
}

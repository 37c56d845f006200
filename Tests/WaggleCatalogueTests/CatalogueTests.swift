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
    #expect(
      catalogue.groups == [
        "catalogue", "instances", "computer", "mobile", "files", "agents", "tasks",
        "conversations", "runtime",
      ])
    #expect(
      catalogue.actions(of: "instances") == [
        "list", "deploy", "get", "destroy", "start", "stop", "restart", "device-info",
      ])
    #expect(catalogue.actions(of: "bees") == [])
    #expect(catalogue.operation(group: "instances", action: "device-info")?.id == "getDeviceInfo")
    #expect(catalogue.operation(group: "instances", action: "info") == nil)
    #expect(catalogue.operation(shortForm: "bees")?.id == "listInstances")
    #expect(catalogue.operation(shortForm: "list") == nil)
    #expect(catalogue.operation(id: "invokeAgent")?.shortForm == "invoke")
    #expect(catalogue.operation(id: "invokeAgents") == nil)
  }

  @Test("every operation of the contract is there once, with words and a path of its own")
  func all() {
    let all = catalogue.groups.flatMap { catalogue.operations(of: $0) }
    #expect(all.count == 71)
    #expect(Set(all.map(\.id)).count == 71)
    #expect(Set(all.map(\.command)).count == 71)
    #expect(Set(all.map { $0.method + $0.path }).count == 71)
    for operation in all {
      let inPath = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
        .map { String($0.dropFirst().dropLast()) }
      #expect(inPath == operation.pathParameters.map(\.name), "\(operation.id)")
      let fields = operation.body.map(\.name)
      #expect(operation.positional.allSatisfy(fields.contains), "\(operation.id)")
      if case .body(let field)? = operation.key { #expect(fields.contains(field)) }
      #expect((operation.method == "GET") == (operation.effect == .read), "\(operation.id)")
    }
  }

  @Test("an id is read from a field that the record has")
  func serves() throws {
    let all = catalogue.groups.flatMap { catalogue.operations(of: $0) }
    for operation in all {
      for parameter in operation.pathParameters + operation.query + operation.body {
        for (name, field) in parameter.serves {
          let type = try #require(catalogue.recordType(named: name), "\(name)")
          #expect(type.field(field) != nil, "\(operation.id) \(name).\(field)")
        }
      }
    }
  }

  @Test("the short forms of a group are those of its entries")
  func shortForms() {
    let ofEntries = catalogue.groups.flatMap { catalogue.operations(of: $0) }
      .compactMap(\.shortForm)
    #expect(ofEntries.sorted() == catalogue.shortForms.sorted())
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
    for name in Catalogue.typeNames {
      let entry = try #require(catalogue.entry(named: name), "\(name)")
      #expect(entry.type.name == name)
      #expect(catalogue.recordType(named: name) === entry.type)
      #expect(catalogue.entry(of: entry.type)?.columns == entry.columns)
      let own = (entry.columns + entry.idFields).map { String($0.prefix { $0 != "." }) }
      #expect(own.allSatisfy { entry.type.field($0) != nil }, "\(name)")
      for id in [entry.refresh, entry.list].compactMap({ $0 }) {
        #expect(catalogue.operation(id: id) != nil)
      }
      guard let lifecycle = entry.lifecycle else { continue }
      let read = try entry.refresh.map { try #require(catalogue.operation(id: $0)) }
      var type = entry.type
      if case .record(let given)? = read?.success.shape { type = given }
      let fields = [
        lifecycle.status, lifecycle.desired, lifecycle.entered, lifecycle.error, lifecycle.isOver,
      ].compactMap { $0 }
      #expect(fields.allSatisfy { type.field($0) != nil }, "\(name)")
      #expect(Set(lifecycle.final).isSubset(of: lifecycle.states))
      #expect(Set(lifecycle.failed).isSubset(of: lifecycle.final))
      if let read { #expect(read.pathParameters.count == entry.idFields.count) }
    }
    #expect(catalogue.entry(of: RecordType("Instance", [])) == nil)
  }
}

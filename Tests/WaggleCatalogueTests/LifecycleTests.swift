import Testing
import WaggleCatalogue
import WaggleValues

/// What the catalogue says of how things live names nothing that there is not.
struct LifecycleTests {
  static let types = [
    "Instance", "Agent", "Task", "TaskCreated", "Conversation", "Message", "RuntimeOperation",
    "WebhookDelivery",
  ]

  @Test(arguments: types)
  func `states and fields of a lifecycle are those of its type`(_ name: String) throws {
    let entry = try #require(Catalogue.beeOS.entry(named: name))
    let refreshed = Catalogue.beeOS.refreshed(entry)
    let (life, type) = (try #require(refreshed.lifecycle), refreshed.type)
    for state in life.final + life.failed + life.passing.map(\.state) {
      #expect(life.states.contains(state))
    }
    #expect(life.failed.allSatisfy(life.final.contains))
    #expect(!life.passing.contains { life.final.contains($0.state) })
    let paths = [life.status, life.desired, life.entered, life.error, life.isOver]
    for path in paths.compactMap({ $0 }) + life.words + life.ready.map(\.field) {
      #expect(has(path.split(separator: ".").map(String.init), type), "\(path)")
    }
    #expect(!life.ready.isEmpty)
  }

  private func has(_ path: [String], _ type: RecordType) -> Bool {
    guard let field = path.first.flatMap(type.field) else { return false }
    guard path.count > 1, case .typed(let inner) = field.schema else { return path.count == 1 }
    return has(Array(path.dropFirst()), inner)
  }
}

import Testing
import WaggleClient
import WaggleTime

@testable import WaggleHost

@Suite("One request budget for each credential")
struct RequestBudgetsTests {
  private static let start = Instant(nanoseconds: 1_750_000_000_000_000_000)

  private static func credential(
    _ source: Credential.Source, at origin: String? = "https://a.example"
  ) -> Credential {
    Credential(origin: origin, source: source)
  }

  @Test("is the same for whoever calls with the same key, and another's for each other key")
  func same() {
    let budgets = RequestBudgets()
    let sources: [Credential.Source] = [
      .sandbox, .environment, .none, .kept(.file("/keys/a")), .kept(.file("/keys/b")),
      .kept(.program(["pass", "a"])), .kept(.program(["pass", "b"])),
    ]
    let credentials =
      sources.map { Self.credential($0) }
      + [Self.credential(.environment, at: "https://b.example"), Self.credential(.none, at: nil)]
    let first = credentials.map { budgets.budget(of: $0, rate: nil, at: Self.start) }
    let second = credentials.map { budgets.budget(of: $0, rate: nil, at: Self.start) }
    #expect(zip(first, second).allSatisfy { $0 === $1 })
    #expect(Set(first.map { ObjectIdentifier($0) }).count == credentials.count)
  }
}

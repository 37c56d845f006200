import Testing
import WaggleValues

@testable import WaggleSandbox

@Suite("What a world offers to deploy")
struct WorldOfferTests {
  private let visitor = Visitor()

  private func rows(_ path: String, _ query: String, _ fields: String...) throws -> [String] {
    let (status, json) = try visitor.ask("GET", "/api/v1/\(path)", query: query)
    #expect(status == 200)
    guard case .list(let list)? = json["data"] else { return ["no list"] }
    return list.elements.map { row in
      fields.map { row[$0]?.plainText ?? "-" }.joined(separator: " ")
    }
  }

  @Test("regions and models are filtered, and a filter that matches nothing gives none")
  func filters() throws {
    #expect(
      try rows("deploy/regions", "", "id", "available") == [
        "us-east-1 true", "eu-west-1 true", "ap-south-1 true", "us-west-2 false",
      ])
    #expect(
      try rows("deploy/regions", "providerId=apiary", "id")
        == ["us-east-1", "eu-west-1", "ap-south-1"])
    #expect(try rows("deploy/regions", "providerId=nobody", "id") == [])
    #expect(
      try rows("deploy/models", "agentFramework=hermes", "id", "tier", "reasoning") == [
        "gpt-4o standard false", "gpt-4o-mini economy false", "deepseek-r1 economy true",
      ])
    #expect(try rows("deploy/models", "", "id").count == 4)
    #expect(try rows("deploy/models", "agentFramework=none", "id") == [])
  }

  @Test("providers say who they are and what they can do")
  func providers() throws {
    let (_, json) = try visitor.ask("GET", "/api/v1/providers")
    guard case .list(let list)? = json["data"] else { return }
    #expect(list.elements.compactMap { $0["meta"]?["id"]?.plainText } == ["beeos-cloud", "apiary"])
    #expect(
      list.elements.map { $0["capabilities"]?["maxDurationSec"]?.plainText ?? "-" }
        == ["-", "86400"])
    #expect(json["total"] == nil)
  }

  @Test("what is listed is what can be deployed")
  func deploys() throws {
    for region in try rows("deploy/regions", "providerId=apiary", "id", "available") {
      let parts = region.split(separator: " ")
      let body =
        #"{"name":"a","agentFramework":"hermes","providerId":"apiary","preferredRegion":"\#(parts[0])"}"#
      #expect(try visitor.verdict("POST", "/api/v1/instances", body: body) == "201")
    }
    let closed =
      #"{"name":"a","agentFramework":"hermes","providerId":"apiary","preferredRegion":"us-west-2"}"#
    #expect(
      try visitor.verdict("POST", "/api/v1/instances", body: closed)
        == "400 invalid_request_error invalid_param preferredRegion")
  }
}

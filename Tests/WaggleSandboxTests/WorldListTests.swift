import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct WorldListTests {
  private let visitor = Visitor(instances: 45)

  private func numbers(_ query: String) throws -> [Int] {
    try visitor.ids(query).compactMap { Int($0.dropFirst("instance_".count)) }
  }

  @Test("pages of twenty come newest first, with the total of the whole")
  func pages() throws {
    #expect(try numbers("") == Array((26...45).reversed()))
    #expect(try numbers("page=2") == Array((1...5).reversed()))
    #expect(try numbers("page=3") == [])
    #expect(try numbers("page=1&pageSize=7") == Array((32...38).reversed()))
    #expect(try numbers("pageSize=200").count == 45)
    #expect(try numbers("page=2147483647&pageSize=200") == [])
    let (_, json) = try visitor.ask("GET", "/api/v1/instances", query: "page=9")
    #expect(json.json() == #"{"success":true,"data":[],"total":45}"#)
  }

  @Test("filters are joined with and, and one that finds nothing gives an empty list")
  func filters() throws {
    let stopped = try numbers("status=stopped&pageSize=200")
    let running = try numbers("status=running&pageSize=200")
    #expect(stopped.count == 18 && running.count == 27)
    #expect(Set(stopped).isDisjoint(with: running))
    let both = try numbers("status=running&providerId=apiary&pageSize=200")
    let apiary = try numbers("providerId=apiary&pageSize=200")
    #expect(Set(both) == Set(apiary).intersection(running))
    #expect(try numbers("status=hibernating") == [])
    #expect(try numbers("status=&clusterId=nowhere") == [])
    let scouts = try numbers("search=SCOUT-1&pageSize=200")
    #expect(scouts.count > 1)
    #expect(try numbers("search=scout+1") == [])
    #expect(try numbers("status=stopped&status=running&pageSize=200") == running)
  }

  @Test(
    "a usual world has several stopped instances in every region",
    arguments: 0..<40 as Range<UInt64>)
  func regions(seed: UInt64) throws {
    let visitor = Visitor(seed: seed)
    let (_, json) = try visitor.ask(
      "GET", "/api/v1/instances", query: "status=stopped&pageSize=200")
    guard case .list(let list)? = json["data"] else { throw CancellationError() }
    let regions = list.elements.compactMap { $0["region"]?.plainText }
    #expect(regions.count { $0 == "us-east-1" } >= 3)
    #expect(regions.count { $0 == "eu-west-1" } >= 2)
    #expect(regions.contains("ap-south-1"))
  }

  @Test("the same seed makes the same world, byte for byte, and another seed another one")
  func seeds() {
    func bytes(_ seed: UInt64) -> [UInt8]? {
      Visitor(seed: seed).raw("GET", "/api/v1/instances", query: "pageSize=200")?.body
    }
    #expect(bytes(5) == bytes(5))
    #expect(bytes(5) != bytes(6))
  }

  @Test("instances hold together: their times are in order, their names differ")
  func fleet() throws {
    let (_, json) = try visitor.ask("GET", "/api/v1/instances", query: "pageSize=200")
    guard case .list(let list)? = json["data"] else { throw CancellationError() }
    var later = "9999"
    var names: Set<String> = []
    for bee in list.elements {
      let time = { (field: String) in bee[field]?.plainText ?? "-" }
      #expect(time("createdAt") < later)
      later = time("createdAt")
      #expect(time("createdAt") < time("startedAt"))
      #expect(time("updatedAt") < "2026-05-14T18:00:00Z")
      if bee["status"]?.plainText == "stopped" {
        #expect(time("startedAt") < time("stoppedAt"))
        #expect(time("statusEnteredAt") == time("stoppedAt"))
        #expect(time("connectivity") == "offline")
      } else {
        #expect(bee["stoppedAt"] == nil)
        #expect(time("statusEnteredAt") == time("startedAt"))
      }
      names.insert(time("name"))
    }
    #expect(names.count == 45)
  }

  @Test("every instance has the contract's required fields and none that it does not know")
  func contract() throws {
    let (_, json) = try visitor.ask("GET", "/api/v1/instances", query: "pageSize=200")
    guard case .list(let list)? = json["data"] else { throw CancellationError() }
    for case .record(let bee) in list.elements {
      for key in bee.keys {
        let field = try #require(RecordType.instance.field(key), "\(key) is no field")
        #expect(field.schema.matches(bee[key] ?? .null), "\(key)")
      }
      for field in RecordType.instance.fields where !field.isOptional {
        #expect(bee[field.name] != nil, "\(field.name) is missing")
      }
    }
    let (_, device) = try visitor.ask("GET", "/api/v1/instances/instance_3/device/info")
    for field in RecordType.deviceInfo.fields where !field.isOptional {
      #expect(field.schema.matches(device["data"]?[field.name] ?? .null), "\(field.name)")
    }
  }

  @Test("a world may be empty")
  func empty() throws {
    let visitor = Visitor(instances: 0)
    let (_, json) = try visitor.ask("GET", "/api/v1/instances")
    #expect(json.json() == #"{"success":true,"data":[],"total":0}"#)
    #expect(try visitor.deploy() == "instance_1")
  }
}

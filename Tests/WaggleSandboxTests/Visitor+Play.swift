import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

extension Visitor {
  /// The newest instance that runs a system and is online, or is not.
  func instance(_ system: String, isOnline: Bool = true) throws -> String {
    let (_, json) = try ask("GET", "/api/v1/instances", query: "pageSize=200")
    guard case .list(let list)? = json["data"] else { return "" }
    let found = list.elements.first {
      $0["osType"]?.plainText == system && ($0["connectivity"]?.plainText == "online") == isOnline
    }
    return try #require(found?["id"]?.plainText)
  }

  /// Sends a request to an address of the store of files, without a key.
  func transfer(
    _ method: String, _ address: String, type: String? = nil, body: [UInt8] = [],
    headers: [(name: String, value: String)] = []
  ) throws -> WireResponse {
    let path = try #require(address.firstRange(of: "/storage/"))
    let parts = address[path.lowerBound...].split(separator: "?", maxSplits: 1)
    let request = WireRequest(
      method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
      headers: headers + (type.map { [("content-type", $0)] } ?? []), body: body)
    return try #require(world.handle(request, at: now).response)
  }

  /// The verdict on a request to the store.
  func transferVerdict(
    _ method: String, _ address: String, type: String? = nil, body: [UInt8] = [],
    headers: [(name: String, value: String)] = []
  ) throws -> String {
    let response = try transfer(method, address, type: type, body: body, headers: headers)
    guard response.status >= 400 else { return "\(response.status)" }
    var reader = JSONReader()
    let error = try reader.read(response.body)["error"]
    let words = ["code", "param"].compactMap { error?[$0]?.plainText }
    return "\(response.status) " + words.joined(separator: " ")
  }

  /// A file reserved: its id and the address that takes its bytes.
  func presign(_ name: String = "a.txt", _ type: String = "text/plain") throws -> (
    id: String, upload: String, download: String
  ) {
    let (_, json) = try ask(
      "POST", "/api/v1/files/presign-upload",
      body: #"{"filename":"\#(name)","content_type":"\#(type)"}"#)
    let texts = try ["file_id", "upload_url", "download_url"].map {
      try #require(json["data"]?[$0]?.plainText)
    }
    return (texts[0], texts[1], texts[2])
  }
}

import Testing
import WaggleCatalogue
import WaggleHTTP
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

@Suite("Files through the door")
struct FilesOverHTTPTests {
  /// An address at the door as the target of a request.
  private static func target(_ address: String, _ door: Door) throws -> String {
    try #require(address.hasPrefix(door.address + "/storage/"))
    return String(address.dropFirst(door.address.utf8.count))
  }

  /// Asks the door for JSON.
  private static func ask(_ way: Doorway, _ line: String, body: String = "") throws -> Value {
    let client = try way.client()
    client.send(
      "\(line) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(way.world.key)\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let answer = client.readAnswer()
    let json = try #require(answer.firstRange(of: "\r\n\r\n"))
    var reader = JSONReader()
    return try reader.read(Array(answer[json.upperBound...].utf8))
  }

  private static func field(_ json: Value, _ name: String) throws -> String {
    guard case .record(let answer) = json, case .record(let data)? = answer["data"],
      let text = data[name]?.revealedText
    else { throw Missing(name: name, json: json.json()) }
    return text
  }

  private struct Missing: Error {
    let name: String
    let json: String
  }

  private static func put(
    _ way: Doorway, _ target: String, count: Int, body: [UInt8]
  ) throws -> String {
    let client = try way.client()
    client.send(
      "PUT \(target) HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: \(count)\r\n\r\n")
    client.send(body)
    return String(client.readAnswer().prefix { $0 != "\r\n" })
  }

  @Test("bytes go up and come down at the door's own address, more than an ordinary body has")
  func whole() throws {
    try Doorway.open { way, _ in
      let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let presign = #"{"filename":"a","content_type":"a/b"}"#
      let json = try Self.ask(way, "POST /api/v1/files/presign-upload", body: presign)
      let upload = try Self.target(try Self.field(json, "upload_url"), way.door)
      #expect(try Self.put(way, upload, count: bytes.count, body: bytes) == "HTTP/1.1 200 OK")
      #expect(try Self.put(way, upload, count: 1, body: [1]) == "HTTP/1.1 409 Conflict")
      let id = try Self.field(json, "file_id")
      let file = try Self.ask(way, "GET /api/v1/files/\(id)")
      let download = try Self.target(try Self.field(file, "download_url"), way.door)
      let client = try way.client()
      client.send("GET \(download) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      let head = client.read(until: "\r\n\r\n")
      #expect(
        head.contains("content-type: a/b\r\n") && head.contains("content-length: 3000000\r\n"))
      #expect(client.readBytesToEnd() == bytes)
    }
  }

  @Test("a file that is too large is refused before it is there as a whole")
  func tooLarge() throws {
    try Doorway.open { way, _ in
      let presign = #"{"filename":"a","content_type":"a/b"}"#
      let json = try Self.ask(way, "POST /api/v1/files/presign-upload", body: presign)
      let upload = try Self.target(try Self.field(json, "upload_url"), way.door)
      let body = [UInt8](repeating: 7, count: 10_485_761)
      #expect(
        try Self.put(way, upload, count: 99_999_999, body: body)
          == "HTTP/1.1 413 Payload Too Large")
      #expect(try way.isSound())
    }
  }

  @Test("a screenshot comes as a PNG file")
  func screenshot() throws {
    try Doorway.open(instances: 24) { way, _ in
      // Whichever instances are desktops and online, one of twenty-four is.
      let shots = try (1...24).map {
        try Self.ask(way, "POST /api/v1/instances/instance_\($0)/computer/screenshot")
      }
      let shot = try #require(shots.first { (try? Self.field($0, "url")) != nil })
      let target = try Self.target(try Self.field(shot, "url"), way.door)
      let client = try way.client()
      client.send("GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(client.read(until: "\r\n\r\n").contains("content-type: image/png\r\n"))
      #expect(client.readBytesToEnd()?.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
    }
  }
}

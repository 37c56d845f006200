import Testing
import WaggleCatalogue
import WaggleValues

@testable import WaggleSandbox

@Suite("Files of a world")
struct WorldFileTests {
  private var visitor = Visitor()

  private func file(_ id: String) throws -> String {
    let (status, json) = try visitor.ask("GET", "/api/v1/files/\(id)")
    let data = json["data"]
    let words = ["filename", "content_type", "size"].map { data?[$0]?.plainText ?? "-" }
    return "\(status) " + words.joined(separator: " ")
  }

  @Test("bytes that went up come down again, at the address of either answer")
  func whole() throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    let (id, upload, download) = try visitor.presign("über.bin", "application/octet-stream")
    #expect(try file(id) == "200 über.bin application/octet-stream -")
    #expect(try visitor.transferVerdict("GET", download) == "404 not_found")
    let type = "application/octet-stream"
    #expect(try visitor.transferVerdict("PUT", upload, type: type, body: bytes) == "200")
    #expect(try file(id) == "200 über.bin application/octet-stream 1000")
    let (_, json) = try visitor.ask("GET", "/api/v1/files/\(id)")
    let later = try #require(json["data"]?["download_url"]?.plainText)
    for address in [download, later] {
      let response = try visitor.transfer("GET", address)
      #expect(response.body == bytes)
      #expect(response.header("content-type") == "application/octet-stream")
      #expect(
        response.header("content-disposition") == "attachment; filename*=UTF-8''%C3%BCber.bin")
    }
  }

  @Test("an address takes bytes once, of the type that was said, and no key with them")
  func refusals() throws {
    let (_, upload, download) = try visitor.presign()
    func verdict(
      _ method: String, _ address: String, type: String? = "text/plain",
      headers: [(name: String, value: String)] = []
    ) throws -> String {
      try visitor.transferVerdict(method, address, type: type, body: [1], headers: headers)
    }
    #expect(try verdict("PUT", upload, type: nil) == "400 invalid_param Content-Type")
    #expect(try verdict("PUT", upload, type: "text/html") == "400 invalid_param Content-Type")
    #expect(try verdict("PUT", download) == "403 forbidden")
    #expect(try verdict("GET", upload) == "403 forbidden")
    #expect(try verdict("PUT", upload + "0") == "403 forbidden")
    #expect(
      try verdict("PUT", upload.replacing("file_1", with: "file_2")) == "403 forbidden")
    #expect(
      try verdict("PUT", upload.replacing("expires=1", with: "expires=2")) == "403 forbidden")
    #expect(try verdict("PUT", "/storage/file_1") == "403 forbidden")
    #expect(try verdict("DELETE", upload) == "404 not_found")
    #expect(
      try verdict("PUT", upload, headers: [("authorization", "Bearer \(visitor.world.key)")])
        == "400 invalid_param Authorization")
    #expect(try verdict("PUT", upload) == "200")
    #expect(try verdict("PUT", upload) == "409 conflict")
  }

  @Test("a file may have ten mebibytes and not one byte more")
  func size() throws {
    for (count, verdict) in [(10_485_761, "413 payload_too_large"), (10_485_760, "200")] {
      let (_, upload, _) = try visitor.presign()
      let bytes = [UInt8](repeating: 7, count: count)
      #expect(
        try visitor.transferVerdict("PUT", upload, type: "text/plain", body: bytes) == verdict)
    }
  }

  @Test("addresses expire: 15 minutes to upload, a day to download")
  func expiry() throws {
    var visitor = Visitor()
    let (_, upload, download) = try visitor.presign()
    let late = try visitor.presign().upload
    visitor.pass(milliseconds: 899_999)
    #expect(try visitor.transferVerdict("PUT", upload, type: "text/plain", body: [1]) == "200")
    visitor.pass(milliseconds: 1)
    #expect(
      try visitor.transferVerdict("PUT", late, type: "text/plain", body: [1]) == "403 forbidden")
    visitor.pass(milliseconds: 86_400_000 - 900_001)
    #expect(try visitor.transferVerdict("GET", download) == "200")
    visitor.pass(milliseconds: 1)
    #expect(try visitor.transferVerdict("GET", download) == "403 forbidden")
  }

  @Test("a file that is not there, or is somebody else's, is not found")
  func foreign() throws {
    let (id, _, _) = try visitor.presign()
    let other = [(name: "authorization", value: "Bearer \(visitor.world.otherKey)")]
    #expect(
      try visitor.verdict("GET", "/api/v1/files/\(id)", headers: other)
        == "404 not_found_error agent_not_found")
    for path in ["file_2", "file_01", "file_-1", "file_", "x", "file_99999999999999999999"] {
      #expect(
        try visitor.verdict("GET", "/api/v1/files/\(path)") == "404 not_found_error agent_not_found"
      )
    }
  }

  @Test(
    "a content type that no header could carry is refused",
    arguments: ["", "text/plain\\r\\nx: y", "é"])
  func contentTypes(type: String) throws {
    let body = #"{"filename":"a","content_type":"\#(type)"}"#
    #expect(
      try visitor.verdict("POST", "/api/v1/files/presign-upload", body: body)
        == "400 validation_error invalid_param content_type")
  }

  @Test("the oldest files go when there are too many bytes")
  func capacity() {
    var shelf = FileShelf(draws: Draws(seed: 1))
    let bytes = [UInt8](repeating: 7, count: 10_485_760)
    let empty = shelf.reserve("empty", "text/plain", for: .caller)
    for _ in 0..<13 { shelf.store(bytes, in: shelf.reserve("full", "text/plain", for: .caller)) }
    #expect(shelf[empty.id] == nil && shelf["file_2"] == nil)
    #expect(shelf["file_3"]?.bytes?.count == 10_485_760)
    #expect(shelf["file_14"]?.bytes?.count == 10_485_760)
  }

  @Test("an address begins where a door says that it stands")
  func base() throws {
    #expect(try visitor.presign().upload.hasPrefix("https://files.sandbox.invalid/storage/file_1?"))
    visitor.world.stand(at: "http://127.0.0.1:9")
    #expect(try visitor.presign().upload.hasPrefix("http://127.0.0.1:9/storage/file_2?"))
  }
}

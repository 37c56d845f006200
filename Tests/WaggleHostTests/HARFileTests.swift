import Foundation
import Testing

@testable import WaggleHost

/// The archive of calls is one that browsers' tools open, at every moment.
@Suite struct HARFileTests {
  private let path = NSTemporaryDirectory() + "waggle-har-" + UUID().uuidString

  private func archive() throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: path))
    let whole = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(whole?["log"] as? [String: Any])
  }

  @Test("it is a whole archive before the first entry and after each one, for its owner alone")
  func alwaysWhole() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "a longer text that stood there before, and that is gone: {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{"
      .write(toFile: path, atomically: false, encoding: .utf8)
    let file = try HARFile(path: path, shown: path, version: "1", complain: { _ in })
    for count in 0..<4 {
      let log = try archive()
      #expect(log["version"] as? String == "1.2")
      #expect((log["creator"] as? [String: Any])?["name"] as? String == "waggle")
      #expect((log["entries"] as? [Any])?.count == count)
      file.add("{\"time\":\(count)}")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("a full disk is said once, and what was written stays an archive")
  func fullDisk() throws {
    #expect(throws: UsageError.self) {
      try HARFile(path: "/dev/full", shown: "/dev/full", version: "1", complain: { _ in })
    }
    #expect(throws: UsageError.self) {
      try HARFile(path: path + "/none/x", shown: "x", version: "1", complain: { _ in })
    }
  }
}

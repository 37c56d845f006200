import Foundation
import Synchronization
import Testing

@testable import WaggleHost

/// What `fmt` does to files.
@Suite struct FormatTests {
  private final class Memory: Sink {
    let text = Mutex("")

    func write(_ bytes: [UInt8]) -> Int32 {
      text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      return 0
    }
  }

  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func run(_ arguments: String...) -> (status: Int32, text: String) {
    let memory = Memory()
    let host = Host(
      arguments: ["fmt"] + arguments, environment: { _ in nil },
      streams: Streams(output: memory, error: memory, readInput: { [] }), directory: folder.path)
    return (host.run(), memory.text.withLock { $0 })
  }

  private func put(_ name: String, _ text: String, mode: Int = 0o644) throws {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  @Test("a file keeps its mode, and nothing is left beside it")
  func mode() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.waggle", "print  1", mode: 0o750)
    #expect(run("a.waggle") == (0, "a.waggle\n"))
    #expect(try text("a.waggle") == "print 1\n")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: folder.appending(path: "a.waggle").path)
    #expect(attributes[.posixPermissions] as? Int == 0o750)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.waggle"])
  }

  @Test("of a link the file changes that it leads to")
  func link() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.waggle", "print  1")
    let link = folder.appending(path: "link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.waggle")
    #expect(run("link") == (0, "link\n"))
    #expect(try text("a.waggle") == "print 1\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.waggle")
  }

  @Test("a file that may not be written stays as it is")
  func readOnly() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.waggle", "print  1", mode: 0o444)
    let (status, text) = run("a.waggle")
    #expect(status == 2)
    #expect(text.hasPrefix("error: `a.waggle` may not be written\n"))
    #expect(try self.text("a.waggle") == "print  1")
    #expect(run("--check", "a.waggle") == (1, "a.waggle\n"))
  }

  @Test("what is no file is not written")
  func device() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(run("/dev/null") == (0, ""))
  }
}

import Foundation
import Glibc

/// A run of the program, with the ends of its pipes.
final class ProgramRun {
  /// The program beside the tests that were built with it.
  private static let program: URL = {
    let tests = URL(filePath: ProcessInfo.processInfo.arguments[0])
    var folder = tests.deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/waggle")
    {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "waggle")
  }()

  let process = Process()
  let output = Pipe()
  let error = Pipe()

  init(
    _ arguments: [String], script: String? = nil, onOneCore: Bool = false,
    output file: String? = nil, environment: [String: String] = [:]
  ) throws {
    process.executableURL = onOneCore ? URL(filePath: "/usr/bin/taskset") : Self.program
    process.arguments = (onOneCore ? ["-c", "0", Self.program.path] : []) + arguments
    process.environment = environment
    if let file {
      process.standardOutput = FileHandle(forWritingAtPath: file)
      try output.fileHandleForWriting.close()
    } else {
      process.standardOutput = output
    }
    process.standardError = error
    let input = Pipe()
    process.standardInput = input
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data((script ?? "").utf8))
    try input.fileHandleForWriting.close()
  }

  /// Reads standard output or error up to a text; what came before it is lost.
  func await(_ text: String, from pipe: Pipe) {
    var seen = Data()
    while !String(decoding: seen, as: UTF8.self).contains(text) {
      let chunk = pipe.fileHandleForReading.availableData
      if chunk.isEmpty { return }
      seen += chunk
    }
  }

  /// Reads so many lines, or what there is of them before the end; nothing beyond is taken.
  func read(lines: Int, from pipe: Pipe) -> String {
    var seen: [UInt8] = []
    var byte: UInt8 = 0
    while seen.count(where: { $0 == UInt8(ascii: "\n") }) < lines,
      Glibc.read(pipe.fileHandleForReading.fileDescriptor, &byte, 1) == 1
    {
      seen.append(byte)
    }
    return String(decoding: seen, as: UTF8.self)
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Reads both to the end and gives what came, with the status; errors must fit a pipe (64 KB).
  func finish() -> (status: Int32, output: String, error: String) {
    let output = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let error = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output, error)
  }
}

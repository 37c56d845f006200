import Foundation
import Synchronization
import WaggleHost

/// The small shell of a transcript's session; `Transcript` says what it knows.
final class SessionShell {
  private let folder: URL

  /// Opens a session in a new folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "waggle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "runbooks"), withDestinationURL: Self.runbooks)
  }

  /// The runbooks of the project, which a session has in its folder as `runbooks`.
  private static let runbooks = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scripts/runbooks")

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What went wrong with a command of the shell itself.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a command line and gives the lines that a transcript has for it.
  func run(_ step: Transcript.Step) throws -> [String] {
    let screen = Screen()
    var input = Array((step.input ?? []).map { $0 + "\n" }.joined().utf8)
    var status: Int32 = 0
    let stages = try SessionCommand.parse(step.command)
    for (position, stage) in stages.enumerated() {
      if let file = stage.input { input = try read(file) }
      let isLast = position == stages.count - 1 && stage.output == nil
      let pipe = isLast ? nil : Screen()
      status = try run(stage, input, output: pipe ?? screen, error: screen)
      guard let pipe else { break }
      input = pipe.bytes
      if let file = stage.output { try Data(input).write(to: folder.appending(path: file)) }
    }
    return screen.lines + (status == 0 ? [] : ["[exit \(status)]"])
  }

  private func read(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: file)))
  }

  private func run(
    _ command: SessionCommand, _ input: [UInt8], output: Screen, error: Screen
  ) throws -> Int32 {
    let words = command.words
    switch words.first {
    case "waggle":
      return waggle(command, input, output: output, error: error)
    case "cat":
      let files = try words.dropFirst().map(read)
      _ = output.write(files.isEmpty ? input : files.flatMap { $0 })
    case "echo":
      _ = output.write(Array((words.dropFirst().joined(separator: " ") + "\n").utf8))
    case "printf":
      _ = output.write(try SessionCommand.unescaped(words.dropFirst().joined()))
    case "mkdir":
      for name in words.dropFirst() {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
      }
    case "chmod":
      guard words.count == 3, let mode = Int(words[1], radix: 8) else {
        throw Mistake(description: "`chmod` wants a mode and a file")
      }
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: folder.appending(path: words[2]).path)
    default:
      throw Mistake(description: "the session's shell has no command `\(words.first ?? "")`")
    }
    return 0
  }

  /// A keyboard at which the lines of an input are typed, and then nothing more.
  private func typing(_ input: [UInt8]) -> Keyboard {
    let lines = Mutex(String(decoding: input, as: UTF8.self).split(separator: "\n")[...])
    return Keyboard { _ in
      guard let line = lines.withLock({ $0.popFirst() }) else { return .end }
      return .line(String(line))
    }
  }

  private func waggle(
    _ command: SessionCommand, _ input: [UInt8], output: Screen, error: Screen
  ) -> Int32 {
    var arguments = Array(command.words.dropFirst())
    if arguments.contains("--sandbox"), !arguments.contains(where: { $0.hasPrefix("--clock") }) {
      arguments += ["--clock", "virtual"]
    }
    let environment = command.environment.mapValues {
      $0.replacingOccurrences(of: "$PWD", with: folder.path)
    }
    let width = environment["TTY"].flatMap { Int($0) }
    let isTerminal = width != nil
    let keyboard = environment["TYPED"] == nil ? nil : typing(input)
    let host = Host(
      arguments: arguments, environment: { environment[$0] },
      streams: Streams(
        output: output.sink(isError: false), error: error.sink(isError: true),
        readInput: { input }, isInputTerminal: false, isOutputTerminal: isTerminal,
        isErrorTerminal: isTerminal, width: width ?? Streams.usualWidth,
        keyboard: keyboard),
      directory: folder.path)
    return MainThread.run { host.run() }
  }
}

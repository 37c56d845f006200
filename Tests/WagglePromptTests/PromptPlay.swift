import Foundation
import Synchronization
import WaggleEditor

@testable import WaggleHost

/// A session at the prompt in process: lines in, everything that is written out, on the sandbox and
/// its virtual clock.
final class PromptPlay: Sendable {
  private let written = Mutex("")
  private let folder: String
  private let environment: [String: String]

  /// Prepares a session in a folder of its own.
  init(environment: [String: String] = [:]) {
    folder = NSTemporaryDirectory() + "waggle-prompt-" + UUID().uuidString
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let folder = folder
    self.environment = environment.mapValues { $0.replacingOccurrences(of: "$PWD", with: folder) }
  }

  /// Puts a file of its owner alone into the session's folder.
  func write(_ text: String, to name: String) {
    let path = folder + "/" + name
    try? FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
  }

  /// A keyboard at which answers are typed, and then nothing more.
  private static func keyboard(_ answers: [String]) -> Keyboard {
    let lines = Mutex(answers[...])
    return Keyboard { _ in
      guard let line = lines.withLock({ $0.popFirst() }) else { return .end }
      return .line(line)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A line reader that has the lines already, and writes each behind its prompt as a terminal would.
  private final class Lines: LineReader {
    private var lines: ArraySlice<String>
    private let show: (String) -> Void

    init(_ lines: [String], show: @escaping (String) -> Void) {
      self.lines = lines[...]
      self.show = show
    }

    func read(prompt: String) -> LineRead {
      guard let line = lines.popFirst() else { return .end }
      if line == "^C" { return .interrupted }
      show(prompt + line + "\n")
      return .line(line)
    }

    func remember(_ entry: String) {}
  }

  private struct Screen: Sink {
    let play: PromptPlay
    func write(_ bytes: [UInt8]) -> Int32 {
      play.written.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      return 0
    }
  }

  /// What a session shows, from its first prompt on, and its status where it is not 0.
  func run(
    _ lines: [String], arguments: [String] = ["--sandbox", "--instances", "3"],
    answers: [String]? = nil
  ) -> String {
    let screen = Screen(play: self)
    let environment = environment
    let host = Host(
      arguments: [], environment: { environment[$0] },
      streams: Streams(
        output: screen, error: screen, readInput: { [] }, isInputTerminal: true,
        width: 72, keyboard: answers.map(Self.keyboard)),
      directory: folder)
    let status = onLargeStack {
      guard
        let invocation = try? Invocation(
          arguments + ["--clock", "virtual", "--output", "table"], canReadScript: false)
      else { return 99 }
      let status = try? host.runPrompt(
        invocation.options, reader: Lines(lines) { _ = screen.write(Array($0.utf8)) })
      return status ?? 99
    }
    let whole = written.withLock { $0 }
    let start = whole.range(of: "sandbox> ")?.lowerBound ?? whole.startIndex
    return String(whole[start...]) + (status == 0 ? "" : "[exit \(status)]\n")
  }

  /// What is in a file of the session's folder.
  func file(_ name: String) -> String? {
    try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  private func onLargeStack(_ body: @escaping @Sendable () -> Int32) -> Int32 {
    let end = DispatchSemaphore(value: 0)
    let box = StatusBox()
    let thread = Thread {
      box.status.withLock { $0 = body() }
      end.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
    end.wait()
    return box.status.withLock { $0 }
  }

  private final class StatusBox: Sendable {
    let status = Mutex<Int32>(0)
  }
}

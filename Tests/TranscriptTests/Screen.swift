import Synchronization
import WaggleHost

/// What a session's commands write, in the order in which they write it.
final class Screen: Sendable {
  private let parts = Mutex<[(isError: Bool, bytes: [UInt8])]>([])

  /// One of its two streams.
  struct Stream: Sink {
    let screen: Screen
    let isError: Bool

    func write(_ bytes: [UInt8]) -> Int32 {
      screen.add(bytes, isError: isError)
      return 0
    }
  }

  func sink(isError: Bool) -> Stream { Stream(screen: self, isError: isError) }

  func write(_ bytes: [UInt8]) -> Int32 {
    add(bytes, isError: false)
    return 0
  }

  private func add(_ bytes: [UInt8], isError: Bool) {
    parts.withLock { parts in
      if let last = parts.indices.last, parts[last].isError == isError {
        parts[last].bytes += bytes
      } else {
        parts.append((isError, bytes))
      }
    }
  }

  /// What was written to standard output.
  var bytes: [UInt8] { parts.withLock { $0.filter { !$0.isError }.flatMap(\.bytes) } }

  /// The lines as a transcript has them.
  var lines: [String] {
    var lines: [String] = []
    for part in parts.withLock({ $0 }) {
      var own = String(decoding: part.bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map { Self.visible($0) }
      let isEnded = own.last == ""
      if isEnded { own.removeLast() }
      lines += own.map { part.isError ? "[err]\($0.isEmpty ? "" : " ")\($0)" : Self.escaped($0) }
      if !isEnded { lines.append("[no newline]") }
    }
    if lines.last == "" { lines[lines.count - 1] = "\\" }
    return lines
  }

  /// A line with a picture for each control character.
  private static func visible(_ line: Substring) -> String {
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      let isControl = scalar.value < 0x20 && scalar != "\t"
      text.append(isControl ? UnicodeScalar(0x2400 + scalar.value) ?? scalar : scalar)
    }
    return String(text)
  }

  private static func escaped(_ line: String) -> String {
    let special = ["$ ", "# ", "> ", "[err]", "[exit ", "[no newline]", "\\"]
    return special.contains { line.hasPrefix($0) } ? "\\" + line : line
  }
}

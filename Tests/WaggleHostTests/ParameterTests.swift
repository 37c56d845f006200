import Synchronization
import Testing

@testable import WaggleHost

/// What a script's parameters may be called.
struct ParameterTests {
  private final class Memory: Sink {
    let text = Mutex("")

    func write(_ bytes: [UInt8]) -> Int32 {
      text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      return 0
    }
  }

  @Test("no parameter has the name of a flag", arguments: Flag.allCases.filter { $0 != .text })
  func noParameterIsAFlag(_ flag: Flag) {
    let memory = Memory()
    let host = Host(
      arguments: ["check", "-"], environment: { _ in nil },
      streams: Streams(
        output: memory, error: memory,
        readInput: { Array("param \(flag.rawValue) = 1\nprint $\(flag.rawValue)".utf8) }))
    #expect(host.run() == ExitStatus.usage)
    #expect(memory.text.withLock { $0 }.contains("`--\(flag.rawValue)` is an option"))
  }
}

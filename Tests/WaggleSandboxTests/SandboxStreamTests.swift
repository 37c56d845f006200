import Synchronization
import Testing
import WaggleCatalogue
import WaggleTime

@testable import WaggleSandbox

/// A stream that says what it is told to, each thing at its second.
private final class Script: WorldStream {
  private let lines: [(second: Int, step: WorldStreamStep)]
  private let state = Mutex((next: 0, isClosed: false))

  init(_ lines: [(second: Int, step: WorldStreamStep)]) { self.lines = lines }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  func next(at now: Instant) -> WorldStreamStep {
    state.withLock { state in
      guard state.next < lines.count else { return .waitUntil(now) }
      let (second, step) = lines[state.next]
      let due = Instant(nanoseconds: second * 1_000_000_000)
      guard due <= now else { return .waitUntil(due) }
      state.next += 1
      return step
    }
  }

  func close() { state.withLock { $0.isClosed = true } }
}

@Suite("A stream of the sandbox as the body of an answer")
struct SandboxStreamTests {
  private func told(
    _ lines: [(second: Int, step: WorldStreamStep)], within limit: Int? = nil
  ) throws -> (story: [String], isClosed: Bool) {
    let script = Script(lines)
    let operation = try #require(Catalogue.beeOS.operation(id: "getInstance"))
    let call = Call(operation, path: ["instance_1"])
    let clock = VirtualStrands(seed: 1, start: Instant(nanoseconds: 0))
    let token = Token().child(deadline: limit.map { Instant(nanoseconds: $0 * 1_000_000_000) })
    let story = clock.main(token: token) { strand in
      let stream = SandboxStream(script, of: call)
      var story: [String] = []
      do throws(CallFault) {
        while let bytes = try stream.next(on: strand) {
          story.append("\(strand.now.nanoseconds / 1_000_000_000)s \(bytes)")
        }
        story.append("end")
      } catch {
        story.append(error.code)
      }
      return story
    }
    return (story, script.isClosed)
  }

  @Test("bytes come when they are due, and an orderly end is one")
  func whole() throws {
    let told = try told([(0, .bytes([1])), (0, .bytes([2])), (7, .bytes([3])), (9, .ended)])
    #expect(told.story == ["0s [1]", "0s [2]", "7s [3]", "end"])
    #expect(told.isClosed)
  }

  @Test("a cut is a lost answer") func cut() throws {
    #expect(try told([(0, .bytes([1])), (2, .cut)]).story == ["0s [1]", "lost_stream"])
  }

  @Test("a deadline ends it, also where the world names a moment that is not ahead")
  func cancelled() throws {
    #expect(try told([(0, .bytes([1]))], within: 3).story == ["0s [1]", "cancelled"])
    #expect(try told([(8, .bytes([1]))], within: 3).story == ["cancelled"])
  }
}

import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

@Suite("Looks that are not answered")
struct LookTimeoutTests {
  /// Answers after so many milliseconds, another number each time; the last one from then on.
  private final class Slow: Gateway {
    private let takes: Guarded<[Int]>

    init(_ takes: [Int]) { self.takes = Guarded(takes) }

    func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
      let ms = takes.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      if case .cancelled(let reason) = strand.sleep(nanoseconds: ms * 1_000_000) {
        throw .cancelled(call, reason, wasSent: true)
      }
      return Reply(status: 200, data: .record(Record()))
    }

    func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
      throw .refused(404, call, "route_not_found")
    }
  }

  /// When calls end, in milliseconds, and how.
  private func story(_ takes: [Int], calls: Int, isLook: Bool = true) -> [String] {
    virtually { strand in
      let gateway = LookTimeoutGateway(Slow(takes))
      return (0..<calls).map { _ in
        var call = Call(Fleet.get, path: ["a"])
        call.isLook = isLook
        var end = "answered"
        do throws(CallFault) {
          _ = try gateway.send(call, on: strand)
        } catch {
          end = "\(error.code): \(error.message)"
        }
        return "\(strand.now.nanoseconds / 1_000_000) \(end)"
      }
    }
  }

  @Test("one that hangs is given up after five seconds, the next in twice that, up to two minutes")
  func hangs() {
    let lines = story([1_000_000], calls: 7)
    #expect(
      lines[0] == "5000 answer_timeout: no answer to `instances get a` within 5s")
    #expect(
      lines.map { $0.prefix { $0 != " " } }
        == ["5000", "15000", "35000", "75000", "155000", "275000", "395000"])
  }

  @Test("an API that is slow as a whole is given the time that it takes")
  func slow() {
    #expect(
      story([9_000], calls: 3).map { $0.prefix(20) } == [
        "5000 answer_timeout:", "14000 answered", "23000 answered",
      ])
    // After quick answers five seconds are enough again.
    #expect(
      story([9_000, 9_000, 80, 9_000], calls: 4).map { $0.prefix(21) } == [
        "5000 answer_timeout: ", "14000 answered", "14080 answered", "19080 answer_timeout:",
      ])
  }

  @Test("one that hangs beside others that are answered gets no more time than before")
  func beside() {
    let ends = virtually { strand -> [Int] in
      let (hanging, quick) = (Slow([1_000_000]), Slow([80]))
      let both = LookTimeoutGateway(Either(hanging, quick))
      return (0..<3).map { _ in
        strand.parallel(
          rounds: 2, width: 2, token: strand.token, name: { "r[\($0)]" }
        ) { round, strand in
          var call = Call(Fleet.get, path: [round == 0 ? "hanging" : "quick"])
          call.isLook = true
          _ = try? both.send(call, on: strand)
          return true
        }
        return strand.now.nanoseconds / 1_000_000
      }
    }
    #expect(ends == [5_000, 10_000, 15_000])
  }

  /// Sends a call to one of two gateways, by the subject.
  private final class Either: Gateway {
    private let hanging: Slow
    private let quick: Slow

    init(_ hanging: Slow, _ quick: Slow) { (self.hanging, self.quick) = (hanging, quick) }

    func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
      try (call.path == ["hanging"] ? hanging : quick).send(call, on: strand)
    }

    func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
      throw .refused(404, call, "route_not_found")
    }
  }

  @Test("other calls wait as long as they may")
  func others() {
    #expect(story([60_000], calls: 1, isLook: false) == ["60000 answered"])
  }
}

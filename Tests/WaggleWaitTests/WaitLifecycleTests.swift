import Testing
import WaggleTime
import WaggleValues
import WaggleWait

@Suite struct WaitLifecycleTests {
  /// Plays answers, one a round, until the wait is over or the answers are; gives the last line.
  private func end(_ answers: [String], _ request: WaitRequest) -> String {
    var story = Story(request)
    for answer in answers {
      if story.lines.last?.hasPrefix("park") == true { story.wake() }
      story.answer(answer)
    }
    return story.lines.last ?? ""
  }

  private func end(_ answers: String..., until judge: @escaping (Look) throws -> Verdict) -> String
  {
    end(answers, WaitRequest(subjects: subjects("a"), every: 1_000_000_000, judge: judge))
  }

  private func end(_ answers: String..., until request: WaitRequest) -> String {
    end(answers, request)
  }

  @Test("a terminated instance fails a wait for anything else at once")
  func terminated() {
    #expect(
      end("terminated terminated", until: until("running"))
        == "failed(WaggleWait.WaitFault.Code.failed): a ended(state: \"terminated\", because: nil)")
    #expect(end("terminated terminated", until: until("terminated")) == "reached a")
  }

  @Test("an instance that was on its way there and is sent elsewhere is overtaken")
  func overtaken() {
    #expect(
      end("pending running", "pending stopped", until: .until("running"))
        == "failed(WaggleWait.WaitFault.Code.overtaken): a overtaken(heading: \"stopped\")")
    #expect(
      end("provisioning running", "stopped stopped", until: .until("running"))
        == "failed(WaggleWait.WaitFault.Code.overtaken): a overtaken(heading: \"stopped\")")
  }

  @Test(
    "an instance that turns towards what is wanted, or never was heading there, is not overtaken")
  func notOvertaken() {
    #expect(
      end("pending running", "pending stopped", until: .until("stopped")) == "park until 2000")
    #expect(
      end("stopped stopped", "stopped running", until: .until("running")) == "park until 2000")
    #expect(
      end("running running", "running stopped", "stopped stopped", until: .until("stopped"))
        == "reached a")
    #expect(end("pending running", "stopped stopped", until: .until("stopped")) == "reached a")
  }

  @Test("a state that nobody rests in and that lies behind was passed")
  func passed() {
    let passed = "failed(WaggleWait.WaitFault.Code.overtaken): a passed(state: \"running\")"
    #expect(end("pending running", "running running", until: .until("provisioning")) == passed)
    let behind = "provisioning running"
    #expect(
      end(behind, behind, behind, until: .until("pending")) == passed.replacing("provisioning"))
    #expect(
      end(behind, behind, behind, until: .until("pending", "stopped")) == "park until 3000")
    let starting = "stopped running"
    #expect(end(starting, starting, starting, until: .until("pending")) == "park until 3000")
  }

  @Test("what is past at the first look has two seconds to move: a restart may only begin")
  func passedAtFirst() {
    let up = "running running"
    #expect(end(up, up, until: .until("provisioning")) == "park until 2000")
    #expect(end(up, up, "provisioning running", until: .until("provisioning")) == "reached a")
    #expect(
      end(up, up, up, until: .until("provisioning"))
        == "failed(WaggleWait.WaitFault.Code.overtaken): a passed(state: \"running\")")
  }

  @Test("an instance that stops by itself fails the wait with its own words")
  func halted() {
    let (up, down) = ("provisioning running t1", "stopped running t2 - offline quota")
    let halted = "a halted(state: \"stopped\", because: \"quota\")"
    #expect(
      end(up, down, down, down, until: .until("running"))
        == "failed(WaggleWait.WaitFault.Code.failed): \(halted)")
    #expect(end(up, down, until: .until("running")) == "park until 2000")
    #expect(end(down, down, down, down, until: .until("running")) == "park until 4000")
    #expect(end(up, down, until: .until("stopped")) == "reached a")
  }

  @Test("a clock of the API that is two hours off misleads nobody")
  func skewedClock() {
    let (early, late) = ("2025-12-31T22:00:00Z", "2025-12-31T22:00:07Z")
    var story = Story(.until("running", stuckAfter: 3_000_000_000))
    for answer in ["provisioning running \(early)", "stopped running \(late)"] {
      if story.lines.last?.hasPrefix("park") == true { story.wake() }
      story.answer(answer)
    }
    #expect(story.lines.last?.hasPrefix("park") == true)
    var machine = story.machine
    let progress = machine.progress(
      of: "", at: Instant(nanoseconds: 1_500_000_000), calls: 2, isOver: false)
    #expect(
      progress.stays == [WaitProgress.Stay(state: "provisioning", nanoseconds: 7_000_000_000)])
    #expect(progress.slowest.map(\.entered) == [late])
    #expect(progress.slowest.map(\.nanoseconds) == [500_000_000])
  }

  @Test("what this run has just made may be unknown for ten seconds")
  func grace() {
    let made = Subject(id: "a", madeAt: Instant(nanoseconds: 0))
    let young = WaitRequest.until("running", every: 4_000_000_000, [made])
    #expect(end(["404", "404", "running running"], young) == "reached a")
    #expect(
      end(["404", "404", "404", "404"], young)
        == "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: false)")
    #expect(
      end(["pending running", "404"], young)
        == "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: true)")
  }

  @Test("an error that comes during the wait fails it at the next look that shows no movement")
  func reported() {
    #expect(
      end(
        "pending running t1", "pending running t1 boom", "pending running t1 boom",
        until: until("running"))
        == "failed(WaggleWait.WaitFault.Code.failed): a reported(message: \"boom\")")
    #expect(
      end(
        "pending running t1", "pending running t1 boom", "provisioning running t2 boom",
        "running running t3 boom", until: until("running")) == "reached a")
    #expect(
      end(
        "pending running t1", "pending running t1 boom", "pending running t1",
        until: until("running")) == "park until 3000")
  }

  @Test("an error that was there before has two seconds to go away")
  func staleError() {
    let old = "stopped running t1 boom"
    #expect(end(old, old, until: until("running")) == "park until 2000")
    #expect(
      end(old, old, old, until: until("running"))
        == "failed(WaggleWait.WaitFault.Code.failed): a reported(message: \"boom\")")
  }

  @Test("what is gone fails the wait, unless the condition expects it")
  func gone() {
    let isGone: (Look) throws -> Verdict = { $0.isGone ? .reached : .notYet }
    #expect(
      end("404", until: until("running"))
        == "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: false)")
    #expect(
      end("404", until: { _ in .reached })
        == "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: false)")
    #expect(end("terminated terminated", until: isGone) == "reached a")
    let request = WaitRequest(subjects: subjects("a"), expectsGone: true, judge: isGone)
    #expect(end(["running terminated", "404"], request) == "reached a")
    #expect(end(["404"], request) == "reached null")
  }

  @Test("`settled` is any end: there, stopped, terminated, failed, gone")
  func settled() {
    let request = WaitRequest(
      subjects: subjects("a"), every: 1_000_000_000, expectsGone: true,
      judge: { $0.isSettled ? .reached : .notYet })
    #expect(end(["running running"], request) == "reached a")
    #expect(end(["running stopped", "stopped stopped"], request) == "reached a")
    #expect(end(["terminated -"], request) == "reached a")
    #expect(end(["404"], request) == "reached null")
    #expect(end(["pending running"], request) == "park until 1000")
    let plain = WaitRequest(subjects: subjects("a"), judge: request.judge)
    #expect(end(["running terminated", "404"], plain) == "reached a")
    #expect(
      end(["404"], plain)
        == "failed(WaggleWait.WaitFault.Code.gone): a gone(wasThere: false)")
    let failing = ["pending running t1", "pending running t1 boom", "pending running t1 boom"]
    #expect(end(failing, request) == "reached a")
  }

  @Test("`ready` is running and online")
  func ready() {
    let isReady: (Look) throws -> Verdict = { $0.isReady ? .reached : .notYet }
    #expect(end("running running t1 - offline", until: isReady) == "park until 1000")
    #expect(end("running running t1 - online", until: isReady) == "reached a")
  }

  @Test("`fail-if` fails the wait, and a reached condition beats a failure")
  func failIf() {
    #expect(
      end("pending running", until: { _ in .failed })
        == "failed(WaggleWait.WaitFault.Code.failed): a failIf")
    #expect(end("terminated terminated", until: { _ in .reached }) == "reached a")
  }

  @Test("`stuck-after` fails what stays as it is for that long")
  func stuck() {
    let request = WaitRequest(
      subjects: subjects("a"), every: 1_000_000_000, stuckAfter: 2_000_000_000,
      judge: until("running"))
    let still = "pending running t1"
    #expect(
      end([still, still, still], request)
        == "failed(WaggleWait.WaitFault.Code.stuck): a stuck(nanoseconds: 2000000000)")
    #expect(
      end([still, still, "provisioning running t2", "provisioning running t2"], request)
        == "park until 4000")
  }

  @Test("progress counts the states in their order and tells each change once")
  func progress() {
    var story = Story(WaitRequest(subjects: subjects("a", "b"), judge: until("running")))
    story.answer("pending running", "running running")
    var machine = story.machine
    let now = machine.startedAt
    let first = machine.progress(of: "", at: now, calls: 2, isOver: false)
    #expect(
      first.states == [
        .init(name: "pending", count: 1, place: 0), .init(name: "running", count: 1, place: 3),
      ])
    #expect(
      first.changes.map { "\($0.id) \($0.from ?? "-") \($0.to)" } == ["a - pending", "b - running"])
    #expect(first.reached == 1 && first.total == 2 && first.calls == 2)
    let second = machine.progress(of: "", at: now, calls: 2, isOver: true)
    #expect(second.changes.isEmpty && second.isOver)
  }

  @Test("where `ready` is waited for, what it misses is told, before the state that it needs")
  func unready() {
    func states(_ request: WaitRequest) -> [String] {
      var story = Story(request)
      story.answer("running running - - offline", "running running - - online")
      var machine = story.machine
      let progress = machine.progress(of: "", at: machine.startedAt, calls: 2, isOver: false)
      return progress.states.map { "\($0.count) \($0.name)" } + progress.changes.map(\.to)
    }
    let two = subjects("a", "b")
    let missing = "running but not online"
    #expect(
      states(WaitRequest(subjects: two, expectsReady: true, judge: isReady))
        == ["1 \(missing)", "1 running", missing, "running"])
    #expect(
      states(WaitRequest(subjects: two, judge: isReady)) == ["2 running", "running", "running"])
  }

  @Test("a failure names those that ended it first, and what keeps the others")
  func causesFirst() {
    func parts(_ look: Look) -> [ConditionPart] {
      [
        ConditionPart(text: "a and (b or c)", depth: 0, truth: .no, seen: nil),
        ConditionPart(text: "a", depth: 1, truth: .yes, seen: "a is 1"),
        ConditionPart(text: "b or c", depth: 1, truth: .no, seen: nil),
        ConditionPart(text: "b", depth: 2, truth: .no, seen: "status is `pending`"),
        ConditionPart(text: "c", depth: 2, truth: .unknown, seen: "c is not there yet"),
        ConditionPart(text: "fail-if d", depth: 0, truth: .no, seen: "d is 1"),
      ]
    }
    var story = Story(
      WaitRequest(subjects: subjects("a", "b"), explain: parts, judge: until("running")))
    story.answer("pending running", "terminated terminated")
    guard case .failed(let fault) = story.end else {
      Issue.record("it goes on")
      return
    }
    #expect(fault.unmet.map(\.id) == ["b", "a"])
    #expect(fault.unmet.map(\.obstacles) == [[], ["c is not there yet"]])
  }

  @Test("a wait that something else ended was stopped, and one with an end of its own was not")
  func stopped() {
    func progress(_ change: (inout WaitMachine) -> Void) -> WaitProgress {
      var machine = Story(WaitRequest(subjects: subjects("a"), judge: until("running"))).machine
      change(&machine)
      return machine.progress(of: "", at: machine.startedAt, calls: 0, isOver: true)
    }
    #expect(progress { _ in }.wasStopped)
    #expect(!progress { _ = $0.timedOut() }.wasStopped)
    let unseen = progress { _ in }.slowest
    #expect(unseen.map(\.state) == [WaitProgress.unseen] && unseen.allSatisfy(\.parts.isEmpty))
  }

  @Test("a record without a state is there")
  func stateless() {
    var story = Story(WaitRequest(subjects: subjects("a"), judge: until("running")))
    story.answer("-")
    var machine = story.machine
    let progress = machine.progress(of: "", at: machine.startedAt, calls: 1, isOver: false)
    #expect(progress.states.map(\.name) == ["there"])
    let unmet = machine.timedOut().unmet
    #expect(unmet.map(\.wasSeen) == [true] && unmet.map(\.state) == [nil])
  }

  @Test("the counts of several waits are one, in the order in which one lives through the states")
  func sum() {
    let running = WaitProgress.State(name: "running", count: 2, place: 2)
    let pending = WaitProgress.State(name: "pending", count: 1, place: 0)
    #expect(
      WaitProgress.State.sum([[running], [pending, running], []])
        == [pending, WaitProgress.State(name: "running", count: 4, place: 2)])
  }
}

extension String {
  /// The text about another state than `running`.
  fileprivate func replacing(_ state: String) -> String {
    split(separator: "running", omittingEmptySubsequences: false).joined(separator: state)
  }
}

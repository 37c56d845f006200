import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleWait

@Suite struct BudgetMachineTests {
  private static let second = 1_000_000_000

  private func rate(_ text: String) throws -> Rate { try #require(Rate(parsing: text)) }

  @Test("a rate is calls in a time")
  func rates() {
    #expect(Rate(parsing: "60/min") == Rate(perMinute: 60))
    for bad in [
      "", "60", "/min", "0/min", "-1/min", "1.5/s", "60/d", "60/min/s", "1000001/h", "+5/s",
    ] {
      #expect(Rate(parsing: bad) == nil, "\(bad)")
    }
  }

  /// Lets one call after another out and gives their moments in milliseconds.
  private func moments(_ count: Int, _ machine: inout BudgetMachine, from start: Int = 0) -> [Int] {
    var now = Instant(nanoseconds: start)
    return (0..<count).map { _ in
      if let ticket = machine.arrived(at: now) {
        while case .park(let until) = machine.asked(ticket, at: now) { now = until }
      }
      machine.ended()
      return now.nanoseconds / 1_000_000
    }
  }

  /// Lets one more call out, which is refused.
  private func refuse(
    _ machine: inout BudgetMachine, sent: Int = 0, retryAfter: Int?, at now: Int = 0
  ) {
    #expect(machine.arrived(at: Instant(nanoseconds: sent)) == nil)
    machine.refused(
      sent: Instant(nanoseconds: sent), retryAfter: retryAfter, at: Instant(nanoseconds: now))
    machine.ended()
  }

  @Test("as many calls as the rate has go at once, the next when the first are too long ago")
  func told() throws {
    var machine = BudgetMachine(try rate("3/min"))
    // A slice of a minute is a second, and the one that has begun counts too.
    #expect(moments(8, &machine) == [0, 0, 0, 61_000, 61_000, 61_000, 122_000, 122_000])
    var fine = BudgetMachine(try rate("2/s"))
    #expect(moments(5, &fine) == [0, 0, 1016, 1016, 2033])
  }

  @Test(
    "no stretch of a minute has more calls than the rate, whenever they come",
    arguments: [1, 7, 30, 100])
  func everyStretch(rate: Int) {
    var machine = BudgetMachine(Rate(perMinute: rate))
    var sent: [Int] = []
    var now = 0
    for step in 0..<500 {
      now = max(now, sent.last ?? 0) + (step * 7919 % 4_000) * 1_000_000
      sent.append(moments(1, &machine, from: now)[0] * 1_000_000)
    }
    for (index, moment) in sent.enumerated() where index >= rate {
      #expect(moment - sent[index - rate] >= 60 * Self.second)
    }
  }

  @Test("calls go in the order in which they came, and one that leaves lets the next one go")
  func line() throws {
    var machine = BudgetMachine(try rate("1/min"))
    let zero = Instant(nanoseconds: 0)
    #expect(machine.arrived(at: zero) == nil)
    let tickets = [machine.arrived(at: zero), machine.arrived(at: zero)]
    let first = try #require(tickets[0])
    let second = try #require(tickets[1])
    #expect(machine.asked(second, at: zero) == .queue)
    let later = Instant(nanoseconds: 61 * Self.second)
    #expect(machine.asked(first, at: zero) == .park(until: later))
    #expect(machine.asked(second, at: later) == .queue)
    machine.left(first)
    #expect(machine.first == second)
    #expect(machine.asked(second, at: later) == .go)
    #expect(machine.first == nil)
  }

  @Test("a refusal stops everybody for as long as the API says, and teaches the quota")
  func learned() {
    var machine = BudgetMachine(nil)
    #expect(moments(40, &machine).allSatisfy { $0 == 0 })
    // Of 41 calls the last was one too many: 40 a minute, and 45 in the next.
    refuse(&machine, retryAfter: 30 * Self.second)
    #expect(moments(1, &machine) == [61_000])
    #expect(moments(50, &machine, from: 61 * Self.second).filter { $0 == 61_000 }.count == 44)
  }

  @Test("a refusal that met few calls teaches nothing alone, and the pause is kept")
  func few() {
    var machine = BudgetMachine(nil)
    #expect(moments(5, &machine).allSatisfy { $0 == 0 })
    refuse(&machine, retryAfter: 10 * Self.second)
    #expect(moments(8, &machine) == [Int](repeating: 10_000, count: 8))
    #expect(machine.allowance(at: Instant(nanoseconds: 0)).source == .assumed)
    // A second one in the same minute is no chance: 14 have passed.
    refuse(&machine, sent: 11 * Self.second, retryAfter: 30 * Self.second, at: 11 * Self.second)
    let allowance = machine.allowance(at: Instant(nanoseconds: 11 * Self.second))
    #expect(allowance.source == .learned && allowance.count == 14)
  }

  @Test("a quota of a second teaches nothing of a minute, also where a date rounds it up")
  func quick() {
    for pause in [1, 2] {
      var machine = BudgetMachine(nil)
      #expect(moments(20, &machine).allSatisfy { $0 == 0 })
      refuse(&machine, retryAfter: pause * Self.second)
      let next = moments(40, &machine)
      #expect(next.allSatisfy { pause * 1_000...10_000 ~= $0 }, "\(next)")
    }
  }

  @Test("a refusal without a time pauses for a second, one that asks for an hour is not waited for")
  func pauses() {
    var machine = BudgetMachine(nil)
    refuse(&machine, retryAfter: nil)
    #expect(moments(2, &machine) == [1_000, 1_000])
    var patient = BudgetMachine(nil)
    refuse(&patient, retryAfter: 3_600 * Self.second)
    #expect(moments(1, &patient) == [0])
  }

  /// Calls as a server counts them that holds the calls of a second, and gets each some milliseconds
  /// sooner or later than the one before it; gives the number of those that it refuses.
  private func refused(_ moments: [Int], perSecond: Int, late: (Int) -> Int) -> Int {
    var (level, filled, refused) = (Double(perSecond), 0, 0)
    for (index, moment) in moments.enumerated() {
      let arrival = max(moment + late(index), filled)
      level = min(Double(perSecond), level + Double((arrival - filled) * perSecond) / 1_000)
      filled = arrival
      if level < 1 { refused += 1 } else { level -= 1 }
    }
    return refused
  }

  @Test("a rate of thousands a minute is spread over its seconds: a burst, then one by one")
  func bursts() throws {
    var machine = BudgetMachine(try rate("6000/min"))
    let sent = moments(500, &machine)
    #expect(sent.prefix(98).allSatisfy { $0 == 0 })
    #expect(sent[98] > 0 && sent[99] - sent[98] <= 11)
    #expect(sent.last == 4_084)
    #expect(refused(sent, perSecond: 100, late: { $0 == 0 ? 15 : 0 }) == 0)
    #expect(refused(sent, perSecond: 100, late: { $0 % 3 * 5 }) == 0)
  }

  @Test("a refusal for a second in a burst teaches how many calls a second may have")
  func burstLearned() {
    var machine = BudgetMachine(nil)
    #expect(moments(100, &machine).allSatisfy { $0 == 0 })
    refuse(&machine, retryAfter: Self.second)
    let allowance = machine.allowance(at: Instant(nanoseconds: 0))
    #expect(allowance.count == 100 && allowance.source == .learned)
    // A full bucket after the pause, and what it gains in the second behind it.
    let next = moments(300, &machine)
    #expect(next.filter { $0 == 1_000 }.count == 100)
    #expect(next.filter { $0 <= 2_000 }.count == 200)
    var calm = BudgetMachine(nil)
    #expect(moments(3, &calm) == [0, 0, 0])
    refuse(&calm, retryAfter: Self.second)
    #expect(calm.allowance(at: Instant(nanoseconds: 0)).source == .assumed)
  }

  @Test("what ran into the bucket while it was emptied is not taken for the quota")
  func refilled() {
    var machine = BudgetMachine(nil)
    _ = moments(100, &machine)
    // 50 more in half a second, and three that are refused together with the one that teaches.
    _ = moments(49, &machine, from: Self.second / 2)
    for _ in 0..<4 { #expect(machine.arrived(at: Instant(nanoseconds: Self.second / 2)) == nil) }
    for _ in 0..<4 {
      machine.refused(
        sent: Instant(nanoseconds: Self.second / 2), retryAfter: Self.second,
        at: Instant(nanoseconds: Self.second / 2))
      machine.ended()
    }
    #expect(machine.allowance(at: Instant(nanoseconds: Self.second / 2)).count == 99)
    // One that is refused later says that it is still too much.
    let later = 2 * Self.second
    #expect(moments(98, &machine, from: later).allSatisfy { $0 == 2_000 })
    refuse(&machine, sent: later, retryAfter: Self.second, at: later)
    #expect(machine.allowance(at: Instant(nanoseconds: later)).count == 97)
  }

  @Test("of changes in a burst only four are under way until a quota is known")
  func probes() throws {
    var machine = BudgetMachine(nil)
    let zero = Instant(nanoseconds: 0)
    _ = moments(46, &machine)
    for _ in 0..<4 { #expect(machine.arrived(.change, at: zero) == nil) }
    let last = machine.arrived(.change, at: zero)
    let ticket = try #require(last)
    #expect(machine.asked(ticket, at: zero) == .queue)
    machine.ended()
    #expect(machine.asked(ticket, at: zero) == .go)
    // Reads are as many as there are rounds, and so are changes whose quota is known.
    for _ in 0..<40 { #expect(machine.arrived(.read, at: zero) == nil) }
    machine.refused(sent: zero, retryAfter: Self.second, at: zero)
    let later = Instant(nanoseconds: 2 * Self.second)
    for _ in 0..<8 { #expect(machine.arrived(.change, at: later) == nil) }
  }

  @Test("a look goes behind calls that came after it")
  func looksLast() throws {
    var machine = BudgetMachine(try rate("1/min"))
    let zero = Instant(nanoseconds: 0)
    #expect(machine.arrived(at: zero) == nil)
    let tickets = [machine.arrived(.look, at: zero), machine.arrived(at: zero)]
    let look = try #require(tickets[0])
    let call = try #require(tickets[1])
    #expect(machine.first == call)
    let later = Instant(nanoseconds: 61 * Self.second)
    #expect(machine.asked(look, at: later) == .queue)
    #expect(machine.asked(call, at: later) == .go)
    #expect(machine.first == look)
  }

  @Test("another rate counts what was made before, so that nothing is gained by changing it")
  func changedRate() throws {
    var machine = BudgetMachine(try rate("3/min"))
    #expect(moments(3, &machine) == [0, 0, 0])
    machine.keep(to: try rate("4/min"), at: Instant(nanoseconds: 0))
    #expect(moments(2, &machine) == [0, 61_000])
    var learner = BudgetMachine(nil)
    #expect(moments(5, &learner) == [0, 0, 0, 0, 0])
    learner.keep(to: try rate("2/s"), at: Instant(nanoseconds: 0))
    #expect(moments(1, &learner) == [1016])
    learner.keep(to: nil, at: Instant(nanoseconds: Self.second))
    #expect(moments(3, &learner, from: Self.second) == [1000, 1000, 1000])
  }

  @Test("rounds that call at once take turns, however many each of them makes")
  func fairness() {
    let gateway = FleetGateway((0..<4).map { "r\($0)" })
    virtually { strand in
      let budget = BudgetedGateway(gateway, RequestBudget(rate: Rate(perMinute: 4)))
      strand.parallel(rounds: 4, width: 4, token: strand.token, name: { "r[\($0)]" }) {
        round, strand in
        (0..<5).allSatisfy { _ in
          (try? budget.send(Call(Fleet.get, path: ["r\(round)"]), on: strand)) != nil
        }
      }
    }
    // Four calls a minute: whichever minute it is, each round has one of them.
    let minutes = Dictionary(grouping: gateway.calls) { $0.prefix { $0 != " " } }
    let rounds = gateway.calls.map { $0.split(separator: " ").last ?? "" }
    #expect(rounds.count == 20 && minutes.count >= 5)
    for minute in 0..<5 { #expect(Set(rounds[(minute * 4)..<(minute * 4 + 4)]).count == 4) }
  }

  @Test("parallel calls that know the quota are never refused, and each try pays")
  func gateway() {
    let gateway = FleetGateway(["a"])
    let end = virtually { strand -> Int in
      let budget = BudgetedGateway(gateway, RequestBudget(rate: Rate(perMinute: 10)))
      strand.parallel(rounds: 25, width: 8, token: strand.token, name: { "r[\($0)]" }) {
        _, strand in
        (try? budget.send(Call(Fleet.get, path: ["a"]), on: strand)) != nil
      }
      return strand.now.nanoseconds / 1_000_000
    }
    #expect(gateway.calls.count == 25)
    #expect(gateway.calls.filter { $0.hasPrefix("0 ") || $0.hasPrefix("80 ") }.count == 10)
    #expect(end == 122_080)
  }

  @Test("a timeout takes a call out of the line, and those behind it go on")
  func timeout() {
    let gateway = FleetGateway(["a"])
    virtually { strand in
      let budget = BudgetedGateway(gateway, RequestBudget(rate: Rate(perMinute: 1)))
      let call = Call(Fleet.get, path: ["a"])
      _ = try? budget.send(call, on: strand)
      let token = strand.token.child(deadline: strand.now.advanced(by: Self.second))
      let fault = #expect(throws: CallFault.self) {
        try strand.under(token) { try budget.send(call, on: strand) }
      }
      #expect(fault?.cause == .cancelled(.deadline(token: token.id)))
      #expect(fault?.isOutcomeUnknown == false)
      _ = try? budget.send(call, on: strand)
    }
    #expect(gateway.calls == ["0 getInstance a", "61000 getInstance a"])
  }
}

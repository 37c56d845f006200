package import WaggleCatalogue
package import WaggleTime
package import WaggleValues

/// One stream from its first event to its last, over as many connections as that takes; a machine
/// without I/O.
///
/// What happens to a connection goes in: bytes, its end, a fault; what comes out are the items, each
/// once and in order, and what the stream `wants` next. It takes a stream up again where the last
/// item left it (`since`, `Last-Event-ID`), drops what comes a second time, passes over events that
/// nobody knows, and knows which ends are final. It refuses to know how bytes travel and who waits.
///
///     var machine = StreamMachine(call, at: strand.now)
///     machine.received(bytes, at: strand.now)
///     while let item = machine.takeItem() { … }
package struct StreamMachine {
  /// What a stream wants to go on.
  package enum Want: Sendable {
    /// The next bytes of the connection that is open.
    case read
    /// A pause of so many nanoseconds, and then a connection by `call`.
    case reopen(pause: Int)
    /// Whether what it tells of is still under way: the API ended the stream without saying.
    case look
    /// Nothing: it is at its end.
    case over
    /// Nothing: it cannot go on.
    case failed(CallFault)
  }

  /// What it wants, once its items are taken.
  package private(set) var want = Want.read
  /// What the script should be told of, besides the items.
  package private(set) var warnings: [String] = []
  private let first: Call
  private let grammar: StreamGrammar
  private var events = EventReader()
  private var json: JSONReader
  private var items: [Value] = []
  private var taken = 0
  private var place: Place
  /// Up to which offset it was told that there are gaps.
  private var gapsTold = Int.min
  /// How many connections in a row brought nothing new and did not last.
  private var fruitless = 0
  private var openedAt: Instant

  /// Up to where the items have come.
  private enum Place {
    case start
    case offset(Int)
    case event(String)
  }

  /// How many connections in a row may come to nothing.
  static let mostFruitless = 10
  /// From how many on the person at the screen is told: some are over in a second.
  private static let patient = 3
  /// How long a connection must last to count for something though it brought nothing, in
  /// nanoseconds: the API sends nothing while nothing happens, and proxies cut such a one after 60 s.
  static let lasting = 30_000_000_000

  /// Begins with a connection that has just been opened; nil for an operation without a stream.
  package init?(_ call: Call, at now: Instant) {
    guard let grammar = call.operation.stream else { return nil }
    first = call
    self.grammar = grammar
    json = JSONReader(as: .typed(grammar.item))
    openedAt = now
    place = .start
    if grammar.resume == .since,
      case .int(let since)? = call.query.last(where: { $0.name == "since" })?.value
    {
      place = .offset(since)
    }
  }

  /// The call that takes the stream up where it is.
  package var call: Call {
    var call = first
    switch place {
    case .start: break
    case .offset(let offset):
      call.query.removeAll { $0.name == "since" }
      call.query.append(("since", .int(offset)))
    case .event(let id):
      call.headers.removeAll { $0.name == Self.header }
      call.headers.append((Self.header, id))
    }
    return call
  }

  private static let header = "Last-Event-ID"

  /// Takes the next item; nil where more has to come first.
  package mutating func takeItem() -> Value? {
    guard taken < items.count else { return nil }
    defer { taken += 1 }
    let item = items[taken]
    items[taken] = .null
    return item
  }

  /// Takes what the script should be told of.
  package mutating func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings
  }
}

/// What happens to the connection.
extension StreamMachine {
  /// Bytes came.
  package mutating func received(_ bytes: [UInt8], at now: Instant) {
    items.removeFirst(taken)
    taken = 0
    let found: [EventReader.Event]
    do throws(EventReader.TooLarge) { found = try events.read(bytes) } catch {
      want = .failed(
        .streamMalformed(first, "one of its events is larger than \(error.limit >> 20) MiB"))
      return
    }
    for event in found {
      guard case .read = want else { return }
      take(event)
    }
  }

  /// The connection broke, or fell silent.
  package mutating func broke(_ fault: CallFault, at now: Instant) {
    events = EventReader()
    guard grammar.resume != .never else {
      want = .failed(fault)
      return
    }
    if openedAt.advanced(by: Self.lasting) <= now { fruitless = 0 }
    guard fruitless < Self.mostFruitless else {
      want = .failed(.streamLost(first, givenUp(for: fault)))
      return
    }
    let pause = min(250_000_000 << fruitless, 30_000_000_000)
    fruitless += 1
    if fruitless == Self.patient, fault.code != CallFault.lostStream {
      warnings.append("`\(first.spoken)` broke off and is taken up again: \(fault.message)")
    }
    want = .reopen(pause: max(pause, fault.retryAfter ?? 0))
  }

  /// Why nothing more is tried, behind "it must go on, but": the last failure, where it has a name.
  private func givenUp(for fault: CallFault) -> String {
    guard fault.code != CallFault.lostStream else {
      return "it broke off \(fruitless + 1) times without anything new"
    }
    return "it broke off, and \(fruitless) tries to take it up again came to nothing: "
      + fault.message
  }

  /// The body ended, as a body should.
  package mutating func ended(at now: Instant) {
    broke(.streamLost(first, "the API ended it before that"), at: now)
  }

  /// A connection is open again.
  package mutating func reopened(at now: Instant) {
    openedAt = now
    want = .read
  }

  /// No connection could be had.
  package mutating func refused(_ fault: CallFault, at now: Instant) {
    openedAt = now
    if first.mayRepeat(after: fault) { broke(fault, at: now) } else { want = .failed(fault) }
  }

  /// Somebody looked whether what the stream tells of is still under way.
  package mutating func looked(isUnderWay: Bool, at now: Instant) {
    guard isUnderWay else {
      want = .over
      return
    }
    broke(.streamLost(first, "the API ends it though it is still under way"), at: now)
  }
}

/// What the events mean.
extension StreamMachine {
  private mutating func take(_ event: EventReader.Event) {
    if grammar.naming == .event, frame(event.name ?? "message") == nil { return }
    guard case .record(var record)? = try? json.read(event.data) else {
      want = .failed(.streamMalformed(first, "the data of an event is no JSON object"))
      return
    }
    guard let frame = frame(name(of: record, in: event)), isNew(record, event) else { return }
    if grammar.isSilent(frame) {
      let reason = record["reason"]?.revealedText
      want = reason == "stream_closed" ? .look : .over
      return
    }
    if record["type"] == nil, grammar.item.field("type") != nil {
      try? record.set("type", .text(frame.name))
    }
    fruitless = 0
    note(frame, record)
    items.append(.record(record))
    if frame.isFinal { want = .over }
  }

  private func frame(_ name: String?) -> StreamGrammar.Frame? {
    grammar.frames.first { $0.name == name }
  }

  private func name(of record: Record, in event: EventReader.Event) -> String? {
    switch grammar.naming {
    case .event: return event.name ?? "message"
    case .member: return record["type"]?.revealedText
    case .inner(let member):
      guard case .record(let inner)? = record[member] else { return nil }
      return inner["type"]?.revealedText
    }
  }

  /// Whether an event lies behind what has come; moves the place where it does.
  private mutating func isNew(_ record: Record, _ event: EventReader.Event) -> Bool {
    switch grammar.resume {
    case .never: return true
    case .since:
      guard case .int(let offset)? = record["offset"] else { return isNewGap(record) }
      if case .offset(let last) = place, offset <= last { return false }
      place = .offset(offset)
    case .lastEventID:
      guard let id = record["id"]?.revealedText ?? event.id else { return true }
      if case .event(let last) = place, !id.isGreaterNumber(than: last) { return false }
      place = .event(id)
    }
    return true
  }

  /// Whether an event tells of a gap that was not told of: a connection that begins where the one
  /// before it began has the same one.
  private mutating func isNewGap(_ record: Record) -> Bool {
    guard case .int(let oldest)? = record["oldest_redis_offset"] else { return true }
    defer { gapsTold = max(gapsTold, oldest) }
    return oldest > gapsTold
  }

  private mutating func note(_ frame: StreamGrammar.Frame, _ record: Record) {
    guard let oldest = record["oldest_redis_offset"], let since = record["since"] else { return }
    warnings.append(
      "`\(first.spoken)` has gaps: what came behind offset \(since.plainText) is kept only from "
        + "\(oldest.plainText) on")
  }
}

extension StreamGrammar {
  /// Whether an event only says that the stream is over, and is no item of it.
  fileprivate func isSilent(_ frame: Frame) -> Bool { frame.isFinal && resume == .since }
}

extension String {
  /// Whether the decimal number that it spells, of any length, is greater than another one.
  fileprivate func isGreaterNumber(than other: String) -> Bool {
    let (a, b) = (drop { $0 == "0" }.utf8, other.drop { $0 == "0" }.utf8)
    return a.count == b.count ? b.lexicographicallyPrecedes(a) : a.count > b.count
  }
}

extension CallFault {
  /// A stream that is not what the contract says; `actual` completes the sentence.
  fileprivate static func streamMalformed(_ call: Call, _ actual: String) -> CallFault {
    CallFault(
      .malformed, operation: call.operation.id, code: "malformed_stream",
      message: "the stream of `\(call.spoken)` must be one of events as the contract has them, "
        + "but \(actual)",
      isOutcomeUnknown: call.operation.effect != .read)
  }
}

/// A message in a channel and what the agent makes of it.
struct Turn: Sendable {
  /// What happens next.
  enum Beat: Sendable {
    /// The agent sets to work.
    case run
    /// It thinks, which lists leave out.
    case think(String)
    /// The answer has grown to this.
    case say(String)
    /// The answer is this, and complete.
    case answer(String)
    case pause(Script.Pause)
    case fail(String)
    case refuse(String)
    case lose
  }

  /// The id of the message that began it.
  let messageID: String
  /// The id of the message that answers it.
  let replyID: String
  let script: Script
  /// The agent's own words.
  private(set) var text: String
  /// What will happen, in order.
  private(set) var plan: [(at: Int, beat: Beat)] = []
  /// The pauses that are behind it.
  private var passed = 0
  /// The longest that a message lies before the agent takes it up, in milliseconds.
  private static let pickUp = 400
  /// What the answer has grown to; nil before its first piece.
  var said: String?
  /// When the first piece of the answer came.
  var saidAt: Int?
  /// What it waits for now.
  private(set) var waitsFor: Script.Pause?
  /// Whether it is over.
  private(set) var isOver = false

  init(messageID: String, replyID: String, script: Script, text: String, at now: Int) {
    self.messageID = messageID
    self.replyID = replyID
    self.script = script
    self.text = text
    plan(from: now)
  }

  /// Whether the agent is at work on it.
  var isAtWork: Bool { !isOver && waitsFor == nil }

  /// When something next happens in it.
  var nextDue: Int? { plan.first?.at }

  /// Takes the next beat out of the plan if it is due.
  mutating func next(until now: Int) -> (at: Int, beat: Beat)? {
    guard let first = plan.first, first.at <= now else { return nil }
    plan.removeFirst()
    switch first.beat {
    case .pause(let pause): waitsFor = pause
    case .answer, .fail, .refuse, .lose: isOver = true
    case .run, .think, .say: break
    }
    return first
  }

  /// Goes on after a pause; `input` joins the agent's words.
  mutating func proceed(with input: String?, at now: Int) {
    waitsFor = nil
    passed += 1
    if let input, script.wanted == nil { text += " Then you said: \(input)" }
    plan(from: now)
  }

  /// Ends it before its time.
  mutating func stop() {
    plan = []
    waitsFor = nil
    isOver = true
  }

  // MARK: The plan

  private mutating func plan(from now: Int) {
    let time = script.milliseconds
    func moment(_ percent: Int, atMost most: Int = .max) -> Int {
      now + min(time / 100 * percent, most)
    }
    plan = [(moment(15, atMost: Self.pickUp), .run)]
    if passed < script.pauses.count {
      plan.append((moment(40), .pause(script.pauses[passed])))
      return
    }
    plan.append(
      (moment(25, atMost: 2 * Self.pickUp), .think("reading: \(script.plain.prefix(40))")))
    guard script.ending != .hang else { return }
    if script.ending == .refuse {
      plan.append((moment(60), .refuse("I must not do that.")))
      return
    }
    let pieces = Self.pieces(of: text)
    for (place, piece) in pieces.enumerated() {
      plan.append((moment(40 + 50 * place / max(pieces.count, 1)), .say(piece)))
    }
    switch script.ending {
    case .fail: plan.append((now + time, .fail("the agent failed: it was told to, or out of luck")))
    case .lose: plan.append((now + time, .lose))
    case .answer, .refuse, .hang: plan.append((now + time, .answer(text)))
    }
  }

  /// What a text looks like while it grows: up to three beginnings of it.
  private static func pieces(of text: String) -> [String] {
    let length = text.count
    return [length / 4, length / 2, length * 3 / 4].filter { $0 > 0 }.map {
      String(text.prefix($0))
    }
  }
}

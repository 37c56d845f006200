import WaggleClient
import WaggleRender
import WaggleSandbox

/// What the flags of the command line ask for.
struct Options {
  enum Clock: String, CaseIterable { case wall, virtual }
  enum Format: String, CaseIterable { case text, json }
  /// The forms in which `waggle api` prints the catalogue to programs.
  enum Document { case json, openAPI }

  var sandbox = false
  var seed: UInt64?
  var instances: Int?
  var faults: [FaultSpec] = []
  var clock: Clock?
  var output: Renderer.Output?
  var format: Format?
  var document: Document?
  var apiURL: String?
  /// The profile that was named; nil for the usual one.
  var profile: String?
  var port: Int?
  var isReadOnly = false
  var limitChanges: Int?
  /// How many calls may be made in which time; nil to learn it from the API.
  var rate: Rate?
  var isQuiet = false
  /// Whether each call is logged.
  var isVerbose = false
  /// Whether what was sent and came is logged too.
  var showsBodies = false
  var logFormat: Format?
  /// The file for the archive of calls; nil for none.
  var trace: String?
  /// The file for the changes that waits see; nil for none.
  var events: String?
  var wantsNoColor = false
  var isConfirmed = false
  /// The bytes of memory that a run may have; nil for the usual.
  var memory: Int?
  /// What `--answer` gave, by name.
  var answers: [String: String] = [:]
  /// Whether `fmt` only says what it would change.
  var checksLayout = false

  /// The most instances that a sandbox begins with.
  static let mostInstances = 100_000

  /// Takes in a flag with the value that came with it; the three that say what to do are not its.
  mutating func set(_ flag: Flag, _ value: String) throws(UsageError) {
    switch flag {
    case .sandbox: sandbox = true
    case .seed: seed = try number(flag, value, 0...Int.max).map(UInt64.init)
    case .instances: instances = try number(flag, value, 0...Self.mostInstances)
    case .limitChanges: limitChanges = try number(flag, value, 0...Int.max)
    case .rate: rate = try rate(value)
    case .port: port = try number(flag, value, 0...65_535)
    case .apiURL: apiURL = value
    case .profile: profile = value
    case .fault: faults.append(try fault(value))
    case .clock: clock = try choice(flag, value)
    case .output: output = try choice(flag, value)
    case .format: format = try choice(flag, value)
    case .readOnly: isReadOnly = true
    case .memory: memory = try size(flag, value)
    case .yes: isConfirmed = true
    case .answer: try setAnswer(value)
    case .quiet: isQuiet = true
    case .verbose: isVerbose = true
    case .bodies: (isVerbose, showsBodies) = (true, true)
    case .logFormat: logFormat = try choice(flag, value)
    case .trace: trace = value
    case .events: events = value
    case .noColor: wantsNoColor = true
    case .check: checksLayout = true
    case .json: document = .json
    case .openAPI: document = .openAPI
    case .version, .help, .text: break
    }
  }

  /// Says what only a sandbox has a use for, where there is none, and what one that is served to
  /// other programs has none for.
  func checkTogether(for command: String?) throws(UsageError) {
    let servesSandbox = command == "sandbox"
    if checksLayout, command != "fmt" { throw .checkIsForLayout }
    if document != nil, command != "api" { throw .documentIsOfTheAPI }
    if format != nil, command != "check" { throw .formatIsForCheck }
    let needsSandbox = seed != nil || instances != nil || !faults.isEmpty || clock == .virtual
    if needsSandbox, !sandbox, !servesSandbox { throw .sandboxOnly }
    if servesSandbox, clock == .virtual { throw .servedInRealTime }
    if ["login", "logout"].contains(command) {
      if apiURL != nil { throw .loginTakesNo(.apiURL) }
      if sandbox { throw .loginTakesNo(.sandbox) }
    }
    let isForRuns =
      isReadOnly || limitChanges != nil || apiURL != nil || output != nil
      || rate != nil || profile != nil
    if servesSandbox, isForRuns { throw .servedToAll }
    if port != nil, !servesSandbox { throw .portIsServed }
    if sandbox, apiURL != nil { throw .twoGateways }
  }

  private func size(_ flag: Flag, _ value: String) throws(UsageError) -> Int {
    guard let bytes = ProcessMemory.bytes(value), bytes >= Self.leastMemory else {
      throw .badValue(flag, value, valid: "a size of 64M or more, like `512M` or `4G`")
    }
    return bytes
  }

  private func rate(_ value: String) throws(UsageError) -> Rate {
    guard let rate = Rate(parsing: value) else {
      throw .badValue(.rate, value, valid: Rate.form)
    }
    return rate
  }

  /// What the program needs itself is well below this.
  private static let leastMemory = 64 << 20

  private mutating func setAnswer(_ value: String) throws(UsageError) {
    let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw .badValue(.answer, value, valid: "a name and its answer like `region=us-east-1`")
    }
    answers[String(parts[0])] = String(parts[1])
  }

  private func number(
    _ flag: Flag, _ value: String, _ range: ClosedRange<Int>
  ) throws(UsageError) -> Int? {
    guard let number = Int(value), range.contains(number) else {
      let valid =
        range.upperBound == .max
        ? "a whole number from \(range.lowerBound) on"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw .badValue(flag, value, valid: valid)
    }
    return number
  }

  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ flag: Flag, _ value: String
  ) throws(UsageError) -> Choice {
    guard let choice = Choice(rawValue: value) else {
      let names = Choice.allCases.map { "`\($0.rawValue)`" }
      let others = names.dropLast().joined(separator: ", ")
      throw .badValue(flag, value, valid: "\(others) or \(names.last ?? "")")
    }
    return choice
  }

  private func fault(_ value: String) throws(UsageError) -> FaultSpec {
    do throws(FaultSpecError) {
      return try FaultSpec(parsing: value)
    } catch {
      throw UsageError(error.message)
    }
  }
}

/// A flag of the command line: the one list from which reading, `--help` and suggestions are made.
///
/// It is ours, because flags stand on either side of SCRIPT, the rest of the line is the script's
/// own, and a library that reflects over a type to read fifteen flags took longer than all else
/// between the start and the end of `waggle -c 'print 1'` (1.4 of 2.4 ms).
enum Flag: String, CaseIterable {
  case sandbox, seed, instances, fault, clock, output, quiet, verbose, version, help
  case port, check, format, json
  case openAPI = "openapi"
  case yes, answer, memory, profile, rate, trace, events
  case apiURL = "api-url"
  case readOnly = "read-only"
  case limitChanges = "limit-changes"
  case noColor = "no-color"
  case bodies = "vv"
  case logFormat = "log-format"
  case text = "c"

  /// What is typed: `--seed`, `-c`.
  var spelling: String { (self == .text || self == .bodies ? "-" : "--") + rawValue }

  /// A second spelling of one letter.
  var short: String? {
    switch self {
    case .verbose: "-v"
    case .help: "-h"
    default: nil
    }
  }

  /// What stands behind it; nil where it takes nothing.
  var value: String? {
    switch self {
    case .seed, .instances, .limitChanges, .port: "N"
    case .apiURL: "URL"
    case .fault: "NAME[=V]"
    case .clock: "wall|virtual"
    case .output: "FORMAT"
    case .format, .logFormat: "text|json"
    case .trace, .events: "FILE"
    case .text: "TEXT"
    case .answer: "NAME=VALUE"
    case .memory: "SIZE"
    case .rate: "N/min"
    case .profile: "P"
    default: nil
    }
  }

  /// What it is for.
  var help: String {
    switch self {
    case .text: "run TEXT and show its value"
    case .sandbox: "a world of its own in this process, instead of the live API"
    case .seed: "which world and which chances the sandbox has (1)"
    case .instances: "how many instances it begins with"
    case .fault: "what goes wrong in it; may be given more than once"
    case .clock: "real time, or time that passes when everybody waits (sandbox only)"
    case .output: "how values are shown: table (on a terminal), json (elsewhere), ndjson, csv, yaml"
    case .format: "how `waggle check` says what is wrong"
    case .yes: "the answer to every `confirm`"
    case .memory: "how much memory a script may have: 512M, 4G (2G)"
    case .answer: "the answer to an `ask`; may be given more than once"
    case .port: "where `waggle sandbox` listens (8095; 0 for any that is free)"
    case .check: "`waggle fmt` says which scripts it would change, and changes none"
    case .json: "`waggle api` prints what it knows as JSON"
    case .openAPI: "`waggle api` prints it as an OpenAPI document"
    case .profile: "the profile of config.toml to use (default)"
    case .apiURL: "where the API is, before BEEOS_API_URL (https://openapi.beeos.ai)"
    case .readOnly: "refuse calls that change something"
    case .limitChanges: "refuse to change more than N times"
    case .rate: "make at most N calls a minute (or N/s, N/h); the API's refusals teach it otherwise"
    case .quiet: "no progress"
    case .verbose: "a line for each call"
    case .bodies: "the same with what was sent and what came, its secrets taken out"
    case .logFormat: "how `-v` and `-vv` write: text, or a line of JSON for each event"
    case .trace: "write the calls, without their secrets, as an archive (HAR) for a browser's tools"
    case .events: "write each change of what is waited for as a line of JSON"
    case .noColor: "no colours; the variable NO_COLOR does the same"
    case .version: "say which version this is"
    case .help: "this text, or the parameters of SCRIPT"
    }
  }

  /// The flag of a spelling without its value.
  init?(spelling: String) {
    guard let flag = Flag.allCases.first(where: { $0.spelling == spelling || $0.short == spelling })
    else { return nil }
    self = flag
  }
}

import WaggleRender
import WaggleText

/// What `waggle check` says of scripts: as text on standard error while it goes, or as one JSON
/// document on standard output at the end.
struct CheckReport {
  private let host: Host
  private let options: Options
  private var listing = DiagnosticListing()
  private var hasError = false
  private var isFirst = true
  /// What was said already: a file that several scripts use is checked with each of them.
  private var seen: Set<Seen> = []

  private struct Seen: Hashable {
    let file: String
    let lower: Int32
    let upper: Int32
    let code: String
    let message: String
  }

  private var isJSON: Bool { options.format == .json }

  init(host: Host, options: Options) {
    self.host = host
    self.options = options
  }

  /// Takes in what was found in a script.
  mutating func add(_ finding: Finding) {
    if finding.program == nil { hasError = true }
    let new = finding.diagnostics.filter { diagnostic in
      let span = diagnostic.span
      let name = finding.sources[span.source].name
      return seen.insert(
        Seen(
          file: finding.loader.identity(of: span.source) ?? name, lower: span.lower,
          upper: span.upper, code: diagnostic.code, message: diagnostic.message)
      ).inserted
    }
    listing.add(new, in: finding.sources)
    guard !isJSON, !new.isEmpty else { return }
    say(host.renderer(for: options, finding.sources).text(of: new))
  }

  /// Takes in a script that could not be read.
  mutating func add(_ error: UsageError, of place: Invocation.Place) {
    hasError = true
    listing.add(unreadable: place.name, error.message, help: error.help)
    if !isJSON { say(host.renderer(for: options).error(error.message, help: error.help)) }
  }

  private mutating func say(_ text: String) {
    host.terminal.complain((isFirst ? "" : "\n") + text)
    isFirst = false
  }

  /// Writes what is left to write; gives the exit status.
  func finish() -> Int32 {
    if isJSON { _ = host.terminal.write(listing.json) }
    return hasError ? ExitStatus.usage : 0
  }
}

extension Invocation.Place {
  /// What messages call it.
  fileprivate var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "stdin"
    }
  }
}

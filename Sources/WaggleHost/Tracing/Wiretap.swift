import WaggleCatalogue
import WaggleClient

/// Who listens to the calls of a run: `-v`, `-vv`, `--trace`.
struct Wiretap: Sendable {
  /// The lines; nil where nobody wants them.
  let log: CallLog?
  /// What a gateway tells of each exchange; nil where nobody listens.
  let tap: WireTap?
}

extension Host {
  /// Opens what the flags ask for.
  func wiretap(for options: Options) throws(UsageError) -> Wiretap {
    let log =
      options.isVerbose
      ? CallLog(terminal, format: options.logFormat ?? .text, isDetailed: options.showsBodies)
      : nil
    let archive = try options.trace.map { (path) throws(UsageError) in
      try HARFile(
        path: ScriptFile(directory: directory).path(path), shown: path, version: Self.version,
        complain: { [terminal] in terminal.complain($0) })
    }
    let detailed = options.showsBodies ? log : nil
    guard detailed != nil || archive != nil else { return Wiretap(log: log, tap: nil) }
    let mask = BodyMask(vault: vault)
    return Wiretap(log: log) { exchange in
      archive?.add(HAREntry(exchange: exchange, mask: mask).json)
      detailed?.exchanged(exchange, mask)
    }
  }
}

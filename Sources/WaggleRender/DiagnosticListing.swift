package import WaggleText
import WaggleValues

/// Diagnostics as one JSON document, for editors and other programs.
///
///     {"version": 1, "errors": 1, "warnings": 0, "diagnostics": [{"file": "up.waggle",
///       "line": 3, "column": 5, "endLine": 3, "endColumn": 9, "severity": "error",
///       "code": "unknown-field", "message": "…", "help": ["…"], "related": []}]}
///
/// Lines and columns count from 1, columns in characters as a reader sees them (a tab is one), as in
/// messages; the end is the place behind the last character. `help` says what to do, in sentences;
/// `related` has further places with a message for each. Fields are added, never changed or taken
/// away, as long as `version` is 1.
package struct DiagnosticListing {
  private var entries: [Value] = []
  private var errors = 0
  private var warnings = 0

  /// Begins a listing.
  package init() {}

  /// Adds diagnostics of the sources that they point into.
  package mutating func add(_ diagnostics: [Diagnostic], in sources: SourceMap) {
    var tables: [SourceID: LineTable] = [:]
    for diagnostic in diagnostics {
      for span in [diagnostic.span] + diagnostic.labels.map(\.span)
      where tables[span.source] == nil {
        tables[span.source] = LineTable(sources[span.source])
      }
      func place(_ span: Span) -> [Field] {
        Self.place(span, sources[span.source].name, tables[span.source])
      }
      add(
        place(diagnostic.span), diagnostic.severity, diagnostic.code, diagnostic.message,
        help: (diagnostic.hint.isEmpty ? [] : [diagnostic.hint]) + diagnostic.help,
        related: diagnostic.labels.map { place($0.span) + [("message", .text($0.text))] })
    }
  }

  /// Adds a file that could not be read.
  package mutating func add(unreadable file: String, _ message: String, help: [String]) {
    let start: [Field] = ["line", "column", "endLine", "endColumn"].map { ($0, .int(1)) }
    add(
      [("file", .text(file))] + start, .error, "unreadable-file", message, help: help, related: [])
  }

  private typealias Field = (key: String, value: Value)

  private mutating func add(
    _ place: [Field], _ severity: Diagnostic.Severity, _ code: String, _ message: String,
    help: [String], related: [[Field]]
  ) {
    if severity == .error { errors += 1 } else { warnings += 1 }
    entries.append(
      Self.record(
        place + [
          ("severity", .text(severity == .error ? "error" : "warning")), ("code", .text(code)),
          ("message", .text(message)), ("help", Self.list(help.map { .text($0) })),
          ("related", Self.list(related.map(Self.record))),
        ]))
  }

  private static func place(_ span: Span, _ file: String, _ table: LineTable?) -> [Field] {
    let start = table?.position(of: Int(span.lower))
    let end = table?.position(of: Int(max(span.lower, span.upper)))
    return [
      ("file", .text(file)), ("line", .int(start?.line ?? 1)), ("column", .int(start?.column ?? 1)),
      ("endLine", .int(end?.line ?? 1)), ("endColumn", .int(end?.column ?? 1)),
    ]
  }

  // These nest four deep, and only what nests more than 512 deep is refused.
  private static func record(_ fields: [Field]) -> Value {
    .record((try? Record(fields)) ?? Record())
  }

  private static func list(_ values: [Value]) -> Value {
    (try? List(values)).map { .list($0) } ?? .null
  }

  /// The document, its last line ended.
  package var json: String {
    var writer = JSONWriter(secrets: .masked, isPretty: true)
    writer.write(
      Self.record([
        ("version", .int(1)), ("errors", .int(errors)), ("warnings", .int(warnings)),
        ("diagnostics", Self.list(entries)),
      ]))
    return writer.text + "\n"
  }
}

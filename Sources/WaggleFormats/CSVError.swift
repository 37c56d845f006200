/// Why a text is not CSV, and in which line.
package struct CSVError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Cause: Sendable, Equatable {
    /// A name that stands in two columns of the header, counted from 1.
    case repeatedName(String, Int, Int)
    /// A row with another number of fields than the header.
    case ragged(wanted: Int, Int)
    /// A quote inside of a field that does not begin with one.
    case strayQuote
    /// Something between the closing quote of a field and the next comma.
    case afterQuote
    /// A quote that is never closed.
    case unclosedQuote
  }

  /// What is wrong.
  package let cause: Cause
  /// The line, from 1.
  package let line: Int

  init(_ cause: Cause, line: Int) {
    self.cause = cause
    self.line = line
  }

  /// The error as one sentence without a full stop.
  package var message: String {
    switch cause {
    case .repeatedName(let name, let first, let second):
      "the names of CSV columns must differ, but columns \(first) and \(second) are both `\(name)`"
    case .ragged(let wanted, let count):
      "line \(line) of the CSV must have \(Self.fields(wanted)) like its header, but has \(count)"
    case .strayQuote:
      "a quote in CSV must begin a field and be doubled within one, but one in line \(line) is not"
    case .afterQuote:
      "a comma or a line end must follow a quoted field of CSV, but in line \(line) there is more"
    case .unclosedQuote:
      "a quoted field of CSV must be closed, but the one that begins in line \(line) is not"
    }
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }
}

/// The one list of the codes that diagnostics have: `waggle explain` and the reference are made from
/// it, and its examples are checked by a test.
///
/// A factory of a diagnostic names its code, and a test reads the factories: a code without an entry
/// here, or an entry without a factory, does not pass.
package enum ExplanationTable {
  /// All entries, in the order of the reference: first what cannot be read, then what it means.
  package static var all: [Explanation] {
    layout + words + arguments + names + flow + values + commands + use + runbooks
  }

  /// The entry of a code; nil where there is none.
  package static func entry(_ code: String) -> Explanation? { all.first { $0.code == code } }
}

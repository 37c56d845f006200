package import WaggleValues

/// A parameter of an operation: in the path, the query, a header or the body.
package struct Parameter: Sendable {
  /// The API's name: `agentFramework`; as an option, case, `-` and `_` do not matter.
  package let name: String
  /// What it takes.
  package let schema: Schema
  /// Whether a call needs it.
  package let isRequired: Bool
  /// Whether null may be given, which then means something.
  package let isNullable: Bool
  /// Whether its value must never be shown: keys, tokens.
  package let isSecret: Bool
  /// The fewest and most code points of a text; for a list, those of each item.
  package let length: ClosedRange<Int>?
  /// The smallest and greatest number.
  package let range: ClosedRange<Int>?
  /// The fewest and most items of a list.
  package let count: ClosedRange<Int>?
  /// A form that a text or a record must have; nil for any.
  package let form: Form?
  /// The fields of the record that it takes, or of each record of its list; empty for any.
  package let fields: [Parameter]
  /// What a call sends where it is given nothing else, so that a command need not say it.
  package let preset: Value?
  /// The parameter of which this is an older name, kept for those who know it; nil for its own.
  package let alias: String?
  /// For an id: the types of record that serve for it, each with the field that it is read from.
  package let serves: [(type: String, field: String)]
  /// What it is for, in a line.
  package let help: String

  /// The forms of texts and records that the contract demands beyond kind and length.
  package enum Form: Sendable, Equatable {
    /// 8-4-4-4-12 hexadecimal digits.
    case uuid
    /// A letter or a digit, then letters, digits and `.` `_` `:` `-`.
    case identifier
    /// An absolute address of http or https.
    case url
    /// A record of texts alone.
    case texts
    /// A path with or without a query, as a request has it: one `/` first, no host, no steps up.
    case target
    /// What a header can carry: letters, digits, signs and spaces of ASCII.
    case ascii
  }

  /// Makes a parameter.
  package init(
    _ name: String, _ schema: Schema, isRequired: Bool = false, isNullable: Bool = false,
    isSecret: Bool = false, length: ClosedRange<Int>? = nil, range: ClosedRange<Int>? = nil,
    count: ClosedRange<Int>? = nil, form: Form? = nil, fields: [Parameter] = [],
    preset: Value? = nil, alias: String? = nil, serves: [(type: String, field: String)] = [],
    help: String
  ) {
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
    self.isNullable = isNullable
    self.isSecret = isSecret
    self.length = length
    self.range = range
    self.count = count
    self.form = form
    self.fields = fields
    self.preset = preset
    self.alias = alias
    self.serves = serves
    self.help = help
  }
}

extension Parameter {
  /// The name as an option is written in help and messages: `agent-framework`, `idempotency-key`.
  package var option: String { Self.option(of: name) }

  /// What stands for it in a usage line: `ID`, `AGENT`, `MESSAGE`.
  package var placeholder: String {
    if name == "convId" { return "CONVERSATION" }
    let words = option.split(separator: "-")
    let isNumbered = words.count > 1 && words.last == "id"
    return words.dropLast(isNumbered ? 1 : 0).joined(separator: "-").uppercased()
  }

  /// Whether the API wants milliseconds, for which a duration serves.
  package var takesDurations: Bool { name.hasSuffix("Ms") || name.hasSuffix("_ms") }

  /// A duration as the milliseconds that the parameter wants; any other value as it is.
  package func inMilliseconds(_ value: Value) -> Value {
    guard takesDurations, case .duration(let duration) = value else { return value }
    return .int(duration.nanoseconds / 1_000_000)
  }

  /// An API name as an option is written: a capital letter becomes a dash and a small one, `_` a
  /// dash.
  ///
  /// A header has its dashes already.
  package static func option(of name: String) -> String {
    if name.contains("-") { return name.lowercased() }
    var option = ""
    var afterDash = true
    for letter in name {
      if letter == "_" {
        option += "-"
        afterDash = true
        continue
      }
      if letter.isUppercase, !afterDash { option += "-" }
      option += letter.lowercased()
      afterDash = false
    }
    return option
  }
}

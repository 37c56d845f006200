/// Why a value may not be sent for a parameter: data, of which `message` makes the sentence.
package struct ParameterProblem: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Cause: Equatable, Sendable {
    /// A required parameter is not given.
    case missing
    /// Another name of the same parameter was given another value.
    case disagrees(with: String)
    /// None of these is given, and one must be.
    case missingOneOf([String])
    /// The operation has no parameter of this name; those it has are named.
    case unknown(choices: [String])
    /// The value is of another kind; both as the middle of a sentence: `a text`, `an int`.
    case kind(valid: String, actual: String)
    /// The value is none of a closed choice.
    case choice([String], actual: String)
    /// A text has fewer or more code points than it may have.
    case length(ClosedRange<Int>, actual: Int)
    /// A number is smaller or greater than it may be.
    case range(ClosedRange<Int>, actual: String)
    /// A list has fewer or more items than it may have.
    case count(ClosedRange<Int>, actual: Int)
    /// A text or record has not the form that it must have; `valid` as the middle of a sentence.
    case form(valid: String, actual: String)
    /// It was given null, which means nothing for it.
    case null
    /// A field of a record that it holds is wrong.
    indirect case field(ParameterProblem)
    /// An id is `.` or `..`, which servers take for a step in the path: another resource would be
    /// hit.
    case pathStep(String)
    /// An id is `*`, which a shell would take for everything.
    case everything
    /// The body has more bytes than it may have.
    case bodyBytes(max: Int, actual: Int)
    /// A path was given more or fewer ids than it has parameters.
    case idCount(wanted: Int, actual: Int)
  }

  /// The parameter's API name; `body` for the body as a whole.
  package let parameter: String
  /// The position of the element in question, counted from 0, where the parameter is a list.
  package let item: Int?
  /// What is wrong.
  package let cause: Cause

  /// Makes a problem.
  package init(_ parameter: String, item: Int? = nil, _ cause: Cause) {
    self.parameter = parameter
    self.item = item
    self.cause = cause
  }

  /// Whether the operation has no such parameter.
  var isUnknown: Bool {
    if case .unknown = cause { true } else { false }
  }

  /// The API's own code for it.
  package var code: String {
    switch cause {
    case .missing, .missingOneOf: "missing_param"
    case .bodyBytes: "payload_too_large"
    case .field(let problem): problem.code
    default: "invalid_param"
    }
  }
}

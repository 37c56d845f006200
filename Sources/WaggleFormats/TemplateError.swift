/// Why a text is no template.
package struct TemplateError: Error, Sendable, Equatable {
  /// What is wrong.
  enum Cause: Equatable {
    /// A `{` without its `}`.
    case unclosed
    /// A `}` without its `{`.
    case unopened
    /// What should be the path of a field.
    case path(String)
    /// What should be a layout.
    case layout(String)
  }

  let cause: Cause

  init(_ cause: Cause) { self.cause = cause }

  /// The error as one sentence without a full stop.
  package var message: String {
    switch cause {
    case .unclosed:
      "a `{` in a template must be followed by its `}`, but is not; `{{` is a brace itself"
    case .unopened: "a `}` in a template must close a `{`, but does not; `}}` is a brace itself"
    case .path(let text):
      "what stands in `{ }` must be the name of a field like `name` or `target.scope`, but is `\(text)`"
    case .layout(let text):
      "what follows `:` in a template must be like `>10`, `05` or `8.2`, but is `\(text)`"
    }
  }
}

/// What the code of a diagnostic stands for, with an example of wrong and of right.
package struct Explanation: Sendable {
  /// The code: `unknown-field`.
  package let code: String
  /// What it says, in a few words without a full stop.
  package let title: String
  /// Why it is so and what to do, in sentences.
  package let text: String
  /// A whole script that is wrong in this way and in no other.
  package let wrong: String
  /// The same script, right.
  package let right: String
  /// Whether both are Markdown.
  package let isMarkdown: Bool
  /// The files that both bring in with `use`, by the path that they write.
  package let files: [(path: String, text: String)]

  init(
    _ code: String, _ title: String, _ text: String, wrong: String, right: String,
    isMarkdown: Bool = false, files: [(path: String, text: String)] = []
  ) {
    self.code = code
    self.title = title
    self.text = text
    self.wrong = wrong
    self.right = right
    self.isMarkdown = isMarkdown
    self.files = files
  }
}

/// Text that prints as `••••` wherever it would be shown, logged or written.
@usableFromInline
package final class Secret: Sendable {
  /// The text itself, for an API call, a program's environment and `reveal` alone.
  package let revealed: String

  /// Hides a text.
  package init(_ text: String) { self.revealed = text }

  /// What is shown in its place.
  package static let mask = "••••"
}

/// A moment as RFC 3339 text, kept as it came so that it prints back the same.
///
/// A time from the API costs no more than its text until something compares it.
package struct Timestamp: Sendable {
  /// The text, which is valid RFC 3339.
  package let text: String
}

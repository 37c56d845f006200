/// Reads JSON into values, and gives records the types and times that a schema promises.
///
/// It is ours because reading pages is what Waggle does most, and because nothing may be lost: the
/// spelling of numbers and the order of keys stay. Of a key that comes twice the last value stands
/// in the place of the first. Half a surrogate pair (`\ud83d` alone), which no text can hold,
/// becomes U+FFFD; bytes that are not UTF-8 are an error, since the rest would be as doubtful.
///
/// A text where the schema has a time is a time if it is RFC 3339; where it has a secret, a secret.
/// Anything else in the schema only tells where types and times are: what came is never refused.
///
/// A reader that is kept learns the keys of the records it meets and reads further pages faster.
package struct JSONReader {
  private let guesses: JSONGuesses

  /// Makes a reader for values of a schema.
  package init(as schema: Schema = .any) { guesses = JSONGuesses(schema) }

  /// Reads one value, with nothing but white space around it.
  package mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Value {
    try scan(bytes) { scan throws(JSONStop) in try scan.document(guesses.root) }
  }

  private func scan<R>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ read: (inout JSONScan) throws(JSONStop) -> R
  ) throws(JSONError) -> R {
    guard let start = bytes.baseAddress else {
      throw JSONError(.unexpectedEnd, offset: 0)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONError(.byteOrderMark, offset: 0) }
    var scan = JSONScan(start, start + bytes.count, guesses)
    defer { scan.free() }
    do throws(JSONStop) {
      return try read(&scan)
    } catch {
      throw scan.failure ?? JSONError(.unexpectedEnd, offset: bytes.count)
    }
  }

  /// Reads one value, with nothing but white space around it.
  package mutating func read(_ bytes: [UInt8]) throws(JSONError) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in try read(bytes) }
  }

  /// Reads one value, with nothing but white space around it.
  package mutating func read(_ text: String) throws(JSONError) -> Value {
    try Self.bytes(of: text) { bytes throws(JSONError) in try read(bytes) }
  }

  /// Reads one value as `read` does; of a list, it hands on each element as soon as it is read and
  /// gives nothing.
  ///
  /// So a long list need not stand in memory whole. That the text is JSON is only known at the end:
  /// whoever takes the elements must do nothing with them that could not be undone.
  package mutating func read(
    _ text: String, handing take: (consuming Value) -> Void
  ) throws(JSONError) -> Value? {
    try Self.bytes(of: text) { bytes throws(JSONError) in
      try scan(bytes) { scan throws(JSONStop) in
        try scan.document(guesses.root, handing: take)
      }
    }
  }

  private static func bytes<R>(
    of text: String, _ read: (UnsafeBufferPointer<UInt8>) throws(JSONError) -> R
  ) throws(JSONError) -> R {
    var text = text
    let result: Result<R, JSONError> = text.withUTF8 { bytes in
      do throws(JSONError) { return .success(try read(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

/// The unwinding of a scan that failed; `JSONScan.failure` says why.
struct JSONStop: Error {}

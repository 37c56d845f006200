import CPCRE2
import WaggleTime

/// A regular expression, as `=~` and `match` take one.
///
/// A pattern comes in as text and is compiled once; texts come in and whether, where and with which
/// groups they match goes out. This room has one engine, PCRE2, because its work can be bounded:
/// `(a+)+$` on a long text ends in an error, not in hours. It refuses to know what the text is for.
///
/// ```swift
/// let scout = try Pattern("^scout-([0-9]+)$")
/// try scout.matches("scout-12")                  // true
/// try scout.firstMatch(in: "scout-12")?.groups   // ["scout-12", "12"]
/// ```
///
/// Letters are Unicode's: `\w` matches `é`, and a dot is a whole code point. Several strands may
/// use one pattern at a time.
package final class Pattern: @unchecked Sendable {
  /// The pattern as it was given.
  package let source: String
  /// The names of its groups, nil where one has none; 0 is the whole match.
  package let groupNames: [String?]
  private let compiled: Compiled
  private let lock = Lock()
  /// The memory of searches that have ended; read and written under the lock.
  private var idle: [Workspace] = []

  /// Compiles a pattern; throws with the offset and the reason where it is none.
  package init(_ source: String) throws(PatternError) {
    self.source = source
    compiled = try Compiled(source)
    groupNames = compiled.groupNames()
  }

  /// Whether some part of a text matches; throws where finding out takes too long.
  package func matches(_ text: String) throws(PatternError) -> Bool {
    try search(text) { _ in true } ?? false
  }

  /// The first part of a text that matches, nil where none does.
  package func firstMatch(in text: String) throws(PatternError) -> Match? {
    try search(text) { workspace in
      Match(
        groups: workspace.ranges.map { range in
          range.map { String(Substring(text.utf8.dropFirst($0.lowerBound).prefix($0.count))) }
        })
    }
  }

  /// A part of a text that matches.
  package struct Match: Sendable, Equatable {
    /// The whole match, then each group; nil for a group that took no part.
    package let groups: [String?]
  }

  private func search<T>(
    _ text: String, _ found: (borrowing Workspace) -> T
  ) throws(PatternError) -> T? {
    let workspace = lock.withLock { idle.popLast() } ?? compiled.makeWorkspace()
    defer { lock.withLock { idle.append(workspace) } }
    var text = text
    let code = text.withUTF8 { compiled.match($0, workspace) }
    if code >= 0 { return found(workspace) }
    if code == PCRE2_ERROR_NOMATCH { return nil }
    throw PatternError(pattern: source, cause: .tooHard(code))
  }
}

/// The compiled form; never changed, so strands share it.
private final class Compiled: @unchecked Sendable {
  private let code: OpaquePointer?
  private let context: OpaquePointer?

  /// Steps in all, steps to go back over, and KiB: together well under a second.
  private static let limits: (matches: UInt32, depth: UInt32, kibibytes: UInt32) =
    (10_000_000, 1_000_000, 131_072)

  init(_ source: String) throws(PatternError) {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C
    var text = source
    code = text.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
    }
    context = pcre2_match_context_create_8(nil)
    guard code != nil else {
      throw PatternError(pattern: source, cause: .invalid(offset: offset, reason: Self.text(error)))
    }
    pcre2_set_match_limit_8(context, Self.limits.matches)
    pcre2_set_depth_limit_8(context, Self.limits.depth)
    pcre2_set_heap_limit_8(context, Self.limits.kibibytes)
  }

  deinit {
    pcre2_code_free_8(code)
    pcre2_match_context_free_8(context)
  }

  /// PCRE2's own sentence for a code.
  private static func text(_ error: Int32) -> String {
    let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = max(0, Int(pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func makeWorkspace() -> Workspace { Workspace(pcre2_match_data_create_from_pattern_8(code, nil)) }

  func match(_ text: UnsafeBufferPointer<UInt8>, _ workspace: borrowing Workspace) -> Int32 {
    pcre2_match_8(
      code, text.baseAddress, text.count, 0, PCRE2_NO_UTF_CHECK, workspace.data, context)
  }

  /// The table of names: entries of one size, each a big-endian number and the name.
  func groupNames() -> [String?] {
    var (groups, count, size) = (UInt32(0), UInt32(0), UInt32(0))
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    var names = [String?](repeating: nil, count: Int(groups) + 1)
    guard let table else { return names }
    for entry in 0..<Int(count) {
      let start = table + entry * Int(size)
      let number = Int(start[0]) << 8 | Int(start[1])
      if names.indices.contains(number) { names[number] = String(cString: start + 2) }
    }
    return names
  }
}

/// The memory of one search; used by one strand at a time and kept for the next search.
private final class Workspace: @unchecked Sendable {
  let data: OpaquePointer?

  init(_ data: OpaquePointer?) { self.data = data }

  deinit { pcre2_match_data_free_8(data) }

  /// The offsets of the whole match and of each group; nil for one that took no part.
  ///
  /// PCRE2's `size_t` of all ones, for unset, is -1 here; `\K` can put the end before the start.
  var ranges: [Range<Int>?] {
    guard let offsets = pcre2_get_ovector_pointer_8(data) else { return [] }
    return (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
      let (lower, upper) = (offsets[2 * group], offsets[2 * group + 1])
      return lower >= 0 && lower <= upper ? lower..<upper : nil
    }
  }
}

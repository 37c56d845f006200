import WaggleEval
import WaggleTime
import WaggleValues

/// Gets the key of a profile from where it is kept.
struct KeyReader: Sendable {
  let source: KeySource
  /// What a profile's paths mean.
  let folder: ConfigFolder
  let programs: Programs
  /// How long a program may take, in nanoseconds: somebody may have to type a passphrase.
  var patience = 120_000_000_000

  /// What is wrong with a key or with where it is kept.
  struct Trouble: Error {
    /// A sentence without a full stop, the key not in it.
    let message: String
  }

  /// The key; throws why there is none, or that the strand is to stop.
  func read(on strand: Strand) throws(Trouble) -> Secret {
    switch source {
    case .file(let path): return try Self.key(in: file(path), of: "`\(folder.shown(path))`")
    case .program(let words): return try Self.key(in: output(of: words, on: strand), of: Self.name)
    }
  }

  /// Where it comes from, for `status`.
  var words: String {
    switch source {
    case .file(let path): folder.shown(path)
    case .program: "key-command"
    }
  }

  private static let name = "what `key-command` prints"

  private func file(_ path: String) throws(Trouble) -> [UInt8] {
    let shown = folder.shown(path)
    do throws(UsageError) {
      guard let bytes = try PrivateFile(path: path, shown: shown).read() else {
        throw UsageError("there is no file `\(shown)`", help: "`waggle login` stores a key there")
      }
      return bytes
    } catch {
      throw Trouble(message: ([error.message] + error.help).joined(separator: ": "))
    }
  }

  /// What a program writes; its errors are shown as they come, for it may ask for something.
  private func output(of words: [String], on strand: Strand) throws(Trouble) -> [UInt8] {
    let execution = Execution(
      program: words.first ?? "", arguments: Array(words.dropFirst()), environment: [],
      input: nil, isTaken: true)
    let limit = strand.token.child(deadline: strand.now.advanced(by: patience))
    do throws(Fault) {
      return try strand.under(limit) { () throws(Fault) in
        try programs.output(of: execution, on: strand)
      }
    } catch {
      if case .cancelled(.deadline) = error.cause, strand.cancellation == nil {
        let seconds = patience / 1_000_000_000
        throw Trouble(message: "`key-command` took longer than \(seconds) s")
      }
      throw Trouble(message: "`key-command`: \(error.message)")
    }
  }

  /// The key that a text holds: its one line.
  private static func key(in bytes: [UInt8], of what: String) throws(Trouble) -> Secret {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Trouble(message: "\(what) is no text")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    guard let line = lines.first, !line.isBlank else {
      throw Trouble(message: "\(what) is empty, so there is no key")
    }
    guard lines.dropFirst().allSatisfy(\.isBlank) else {
      throw Trouble(message: "\(what) has more than one line, so it is no key")
    }
    return Secret(String(line).trimmed)
  }
}

extension StringProtocol {
  /// The text without blanks around it.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

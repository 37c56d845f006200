import Glibc
import WaggleEval
import WaggleTime
import WaggleValues

/// Runs the programs that a script names.
struct Programs: Sendable {
  /// Where they run; empty for this process's own folder.
  let directory: String
  /// Where programs without a path are looked for, as PATH spells it; nil for the usual places.
  let path: String?
  let terminal: Terminal

  /// The variable that no program inherits: the key is for the API alone.
  private static let keyVariable = Host.keyVariable

  /// What a program writes to its output, while its errors are shown; it keeps our terminal, for it
  /// may have to ask for a passphrase.
  func output(of execution: Execution, on strand: Strand) throws(Fault) -> [UInt8] {
    var child = try start(execution, .shared)
    let outcome = child.run(on: strand) { bytes, isError in
      if isError { terminal.log(String(decoding: bytes, as: UTF8.self)) }
      return isError
    }
    switch outcome {
    case .cancelled(let reason): throw Fault(.cancelled(reason))
    case .tooMuch(let limit): throw Fault(.exec(.tooMuch(execution.program, limit: limit)))
    case .ended(0, _): return child.output
    case .ended(let code, let signal):
      throw Fault(.exec(.failed(execution.program, code: code, signal: signal)))
    }
  }

  private func start(
    _ execution: Execution, _ session: Spawn.Session
  ) throws(Fault) -> ChildProcess {
    let file = try locate(execution.program)
    do throws(ExecFault) {
      return try ChildProcess(
        file, execution, environment: environment(execution.environment), directory: directory,
        session)
    } catch {
      throw Fault(.exec(error))
    }
  }

  /// Runs a program to its end.
  ///
  /// Where its record is not taken, what it writes is written, and a code other than 0 throws.
  /// A program that is no longer wanted (Ctrl-C, a deadline) is ended with all that it started.
  func run(_ execution: Execution, on strand: Strand) throws(Fault) -> Value {
    var child = try start(execution, .own)
    var rest: [[UInt8]] = [[], []]
    let outcome = child.run(on: strand) { bytes, isError in
      guard !execution.isTaken else { return false }
      rest[isError ? 1 : 0] += bytes
      write(&rest, isLast: false)
      return true
    }
    write(&rest, isLast: true)
    switch outcome {
    case .cancelled(let reason): throw Fault(.cancelled(reason))
    case .tooMuch(let limit):
      throw Fault(.exec(.tooMuch(execution.program, limit: limit)))
    case .ended(let code, let signal):
      guard execution.isTaken || code == 0 else {
        throw Fault(.exec(.failed(execution.program, code: code, signal: signal)))
      }
      return .record(Self.record(child, code))
    }
  }

  /// Writes what a program wrote to its outputs, whole characters only until the last.
  private func write(_ outputs: inout [[UInt8]], isLast: Bool) {
    for index in outputs.indices where !outputs[index].isEmpty {
      let bytes = outputs[index]
      let tail = isLast ? 0 : bytes.lengthOfUnfinishedCharacter
      let text = String(decoding: bytes.dropLast(tail), as: UTF8.self)
      outputs[index] = Array(bytes.suffix(tail))
      if index == 1 { terminal.log(text) } else { _ = terminal.print(text) }
    }
  }

  private static let shape = Shape.plain.appending(["stdout", "stderr", "code"])

  /// What is no UTF-8 in the outputs becomes U+FFFD.
  private static func record(_ child: ChildProcess, _ code: Int) -> Record {
    let texts = [child.output, child.errors].map { Value.text(String(decoding: $0, as: UTF8.self)) }
    return Record(shape: shape, values: texts + [.int(code)])
  }

  private func environment(_ own: [(name: String, value: String)]) -> [String] {
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      let variable = String(cString: entry)
      let name = variable.prefix { $0 != "=" }
      if name != Self.keyVariable, !own.contains(where: { $0.name == name }) {
        variables.append(variable)
      }
      next += 1
    }
    return variables + own.map { "\($0.name)=\($0.value)" }
  }

  /// The file of a program: by its path, or the first of its name in PATH that may be run.
  private func locate(_ program: String) throws(Fault) -> String {
    let isPath = program.contains("/")
    let folders = (path ?? "/usr/local/bin:/usr/bin:/bin").split(
      separator: ":", omittingEmptySubsequences: false)
    let places = isPath ? [program] : folders.map { ($0.isEmpty ? "." : $0) + "/" + program }
    var isThere = false
    for place in places where !program.isEmpty {
      let file = place.hasPrefix("/") || directory.isEmpty ? place : directory + "/" + place
      var status = stat()
      guard stat(file, &status) == 0 else { continue }
      isThere = true
      if status.st_mode & S_IFMT == S_IFREG, access(file, X_OK) == 0 { return file }
    }
    throw Fault(
      .exec(isThere ? .notExecutable(program) : .notFound(program, isPath: isPath)))
  }
}

extension [UInt8] {
  /// How many bytes at the end begin a character of UTF-8 that is not all there.
  fileprivate var lengthOfUnfinishedCharacter: Int {
    for length in 1...3 where length <= count {
      let byte = self[count - length]
      if byte & 0xC0 == 0x80 { continue }
      let whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return whole > length ? length : 0
    }
    return 0
  }
}

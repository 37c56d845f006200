import WaggleSyntax
import WaggleText
import WaggleValues

/// A file that `use` brings in.
///
/// It is checked on its own: it sees nothing of the files that use it, so that it means the same in
/// each of them. What it declares, and what the files that it uses itself declare, is then seen by
/// those that use it.
final class UsedFile {
  let script: Script
  /// What messages call it.
  let name: String
  /// Its path as seen from the main script, which the sites in it begin with.
  let path: String
  /// The functions that it brings in, known before anything is checked.
  var functionNames: [String: Int] = [:]
  /// The variables that it brings in, known when it was checked.
  var variables: [String: Variable] = [:]
  var isChecked = false

  /// How many files may use one another in a row.
  static let deepest = 64

  init(script: Script, name: String, path: String) {
    self.script = script
    self.name = name
    self.path = path
  }

  /// A path behind `use` as seen from where the using file's path begins: `.` and `..` are gone.
  static func path(_ typed: String, from user: String) -> String {
    guard !typed.hasPrefix("/"), !typed.hasPrefix("~/") else { return typed }
    var parts = user.split(separator: "/").dropLast().map(String.init)
    let isAbsolute = user.hasPrefix("/")
    for part in typed.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != "..", last != "~" {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }
}

extension Checker {
  /// Reads the files that a text uses, and takes note of their functions: like its own, these may be
  /// called anywhere in it.
  func declareUses(_ script: Script) {
    for statement in script.statements {
      guard case .use(let path) = statement.kind else { continue }
      guard let file = file(named: path) else {
        lacksNames = true
        continue
      }
      uses[statement.span] = file
      for (name, index) in file.functionNames.sorted(by: { $0.key < $1.key }) {
        if let mine = functionNames[name], mine != index {
          report(
            .useConflict(name, of: file.name, statement.span, first: functions[mine].name.span))
        } else {
          functionNames[name] = index
        }
      }
    }
  }

  private func file(named path: Expression) -> UsedFile? {
    guard let typed = path.fixedText else {
      if !path.isBroken { report(.usePath(path.span)) }
      return nil
    }
    guard let loader else {
      report(.nothingToUse(path.span))
      return nil
    }
    do throws(LoadFailure) {
      return self.file(try loader.load(typed, from: path.span.source), typed, path.span)
    } catch {
      report(.unreadableFile(error.message, path.span))
      return nil
    }
  }

  private func file(_ loaded: LoadedSource, _ typed: String, _ span: Span) -> UsedFile? {
    let identity = loaded.identity
    if loading.contains(identity) {
      report(.useCycle(loaded.source.name, isItself: loading.last == identity, span))
      return nil
    }
    if let known = files[identity] { return known }
    guard loading.count < UsedFile.deepest else {
      report(.usedTooDeep(UsedFile.deepest, span))
      return nil
    }
    let (script, mistakes) = Parser.parse(loaded.source, id: loaded.id, mode: .file)
    report(mistakes, in: loaded.source)
    if !script.isWhole { lacksNames = true }
    let file = UsedFile(
      script: script, name: loaded.source.name, path: UsedFile.path(typed, from: filePath))
    files[identity] = file
    loading.append(identity)
    defer { loading.removeLast() }
    within(file) {
      declareFunctions(script)
      file.functionNames = functionNames
    }
    let other = script.statements.first { !$0.isDeclaration }
    if let other, script.isWhole { report(.useStatement(other.span, in: file.name)) }
    return file
  }

  /// What the statement `use` brings in: the statements of its file, the first time.
  func brought(by statement: Statement) -> [CheckedStatement] {
    guard let file = uses[statement.span] else { return [] }
    let statements = file.isChecked ? [] : checked(file)
    for (name, variable) in file.variables.sorted(by: { $0.key < $1.key }) {
      if let mine = frame.inInnermostBlock(name) {
        guard mine !== variable else { continue }
        report(.useConflict(name, of: file.name, statement.span, first: mine.span))
      } else {
        frame.adopt(variable)
        if assignedNames.contains(name) { variable.schema = .any }
      }
    }
    return statements
  }

  private func checked(_ file: UsedFile) -> [CheckedStatement] {
    file.isChecked = true
    return within(file) {
      functionNames = file.functionNames
      let (block, variables) = main.isolated {
        let script = file.script
        return self.block(statements: script.statements, span: script.span, taken: .no).block
      }
      for variable in variables.values {
        variable.isRead = true
        variable.file = variable.file ?? file.name
      }
      file.variables = variables
      return block.statements
    }
  }

  /// Does work in a used file, which knows nothing of what is around its `use`.
  private func within<T>(_ file: UsedFile, _ work: () -> T) -> T {
    let outer = (functionNames, assignedNames, filePath, sites)
    functionNames = [:]
    assignedNames = AssignedNames.of(file.script)
    filePath = file.path
    sites = SitePath(sitePrefix)
    defer { (functionNames, assignedNames, filePath, sites) = outer }
    return work()
  }

  /// What the sites of the file at hand begin with; empty in the main script.
  var sitePrefix: String { filePath.isEmpty ? "" : filePath + "/" }
}

extension Statement {
  /// Whether it may stand in a file that is brought in.
  var isDeclaration: Bool {
    switch kind {
    case .bind, .function, .use: true
    default: false
    }
  }
}

extension Script {
  /// Whether it only declares, as a file does that others bring in: that it reads nothing of what it
  /// declares is no sign of a mistake.
  var isLibrary: Bool {
    statements.allSatisfy(\.isDeclaration)
  }
}

extension Expression {
  /// The text of a word or a quote in which nothing is filled in.
  fileprivate var fixedText: String? {
    switch kind {
    case .word(let word): return word
    case .text(let pieces, _):
      guard pieces.count == 1, case .literal(let text) = pieces.first else { return nil }
      return text
    default: return nil
    }
  }
}

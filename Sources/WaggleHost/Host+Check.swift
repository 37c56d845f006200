import WaggleCatalogue
import WaggleCheck
import WaggleRender
import WaggleSyntax
import WaggleText

/// A text with the path of its file.
struct ScriptText {
  let source: Source
  /// Where it stands; nil for one that is no file.
  var path: String?
}

/// A text that was read and found right.
struct Checked {
  let script: Script
  let program: CheckedProgram
  let sources: SourceMap
  let source: SourceID
}

/// What checking a text found.
struct Finding {
  let script: Script
  /// The program; nil where something is wrong.
  let program: CheckedProgram?
  let diagnostics: [Diagnostic]
  /// The text itself and the files that it uses.
  let sources: SourceMap
  let source: SourceID
  let loader: FileLoader
}

/// Checks texts before they run, or for `waggle check`.
extension Host {
  /// The program of a text, nil where it is wrong; what is wrong, or doubtful, is said.
  func check(
    _ text: ScriptText, _ mode: Checker.Mode, _ options: Options
  ) throws(UsageError) -> Checked? {
    let finding = look(at: text, mode)
    if finding.script.statements.isEmpty, finding.diagnostics.isEmpty {
      throw .nothingIn(text.source.name)
    }
    if !finding.diagnostics.isEmpty {
      terminal.complain(renderer(for: options, finding.sources).text(of: finding.diagnostics))
    }
    return finding.program.map {
      Checked(
        script: finding.script, program: $0, sources: finding.sources, source: finding.source)
    }
  }

  /// Parses and checks a text.
  private func look(at text: ScriptText, _ mode: Checker.Mode) -> Finding {
    let shelf = SourceShelf()
    let id = shelf.add(text.source)
    let loader = FileLoader(Folder(directory: directory, home: environment("HOME")), shelf)
    if let path = text.path { loader.note(path, of: id) }
    let (script, mistakes) = Parser.parse(text.source, id: id, mode: .file)
    var torn = TornLines()
    torn.add(mistakes, in: text.source)
    let (program, doubts) = Checker.check(
      script, mode: mode, catalogue: .beeOS, loader: loader, torn: torn)
    let found = (mistakes + doubts).sorted {
      ($0.span.source.index, $0.span.lower) < ($1.span.source.index, $1.span.lower)
    }
    let errors = found.filter { $0.severity == .error }
    // A name that is misspelled in one place is unused in another: errors hide warnings.
    return Finding(
      script: script, program: errors.isEmpty ? program : nil,
      diagnostics: errors.isEmpty ? found : errors, sources: shelf.map, source: id, loader: loader)
  }

  /// Checks scripts, and those in folders, and says what is wrong with them.
  func check(_ places: [Invocation.Place], options: Options) -> Int32 {
    var report = CheckReport(host: self, options: options)
    for place in places {
      do throws(UsageError) {
        for script in try scripts(in: place) { add(script, to: &report) }
      } catch {
        report.add(error, of: place)
      }
    }
    return report.finish()
  }

  /// Checks one script; one that cannot be read hinders no other.
  private func add(_ place: Invocation.Place, to report: inout CheckReport) {
    do throws(UsageError) {
      let text = try read(place)
      let finding = look(at: text, .script)
      if finding.script.statements.isEmpty, finding.diagnostics.isEmpty {
        throw .nothingIn(text.source.name)
      }
      report.add(finding)
    } catch {
      report.add(error, of: place)
    }
  }

  /// The place itself, or for a folder the scripts in it.
  private func scripts(in place: Invocation.Place) throws(UsageError) -> [Invocation.Place] {
    guard case .file(let path) = place else { return [place] }
    let folder = ScriptFolder(files: ScriptFile(directory: directory))
    return try folder.scripts(at: path).map { .file($0) }
  }
}

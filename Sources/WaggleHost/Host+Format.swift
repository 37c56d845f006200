import WaggleRender
import WaggleSyntax
import WaggleText

/// `waggle fmt`: the one layout of scripts, in their files.
extension Host {
  /// What became of a script.
  private enum Outcome { case same, different, wrong }

  /// Lays out scripts where they stand, those of folders too, and lists the ones that changed.
  ///
  /// With `--check` nothing is written and those are listed that would change: status 1. What cannot
  /// be read, written or parsed is said, stays as it is and hinders no other: status 2.
  func format(_ places: [Invocation.Place], options: Options) throws(UsageError) -> Int32 {
    var outcomes: [Outcome] = []
    for place in places {
      switch place {
      case .standardInput: outcomes.append(try formatInput(options))
      case .file(let path): outcomes += formatFiles(path, options)
      }
    }
    if outcomes.contains(.wrong) { return ExitStatus.usage }
    return options.checksLayout && outcomes.contains(.different) ? ExitStatus.wouldChange : 0
  }

  private func formatInput(_ options: Options) throws(UsageError) -> Outcome {
    guard let bytes = streams.readInput() else { throw .unreadableInput }
    let source = try ScriptFile.source(bytes, name: "stdin")
    guard let text = layout(of: source, options) else { return .wrong }
    let outcome = text.utf8.elementsEqual(bytes) ? Outcome.same : .different
    if !options.checksLayout {
      _ = terminal.write(text)
    } else if outcome == .different {
      _ = terminal.write("stdin\n")
    }
    return outcome
  }

  /// Lays out a file, or the scripts in a folder.
  private func formatFiles(_ path: String, _ options: Options) -> [Outcome] {
    do throws(UsageError) {
      let folder = ScriptFolder(files: ScriptFile(directory: directory))
      return try folder.scripts(at: path).map { formatFile($0, options) }
    } catch {
      return [complain(error, options)]
    }
  }

  private func formatFile(_ path: String, _ options: Options) -> Outcome {
    do throws(UsageError) {
      let file = ScriptFile(directory: directory)
      let bytes = try file.bytes(path)
      let source = try ScriptFile.source(bytes, name: path)
      guard var text = layout(of: source, options) else { return .wrong }
      let mark = "\u{FEFF}"
      if source.isMarkdown, bytes.starts(with: mark.utf8) { text = mark + text }
      guard !text.utf8.elementsEqual(bytes) else { return .same }
      if !options.checksLayout { try file.replace(path, with: text) }
      _ = terminal.write(path + "\n")
      return .different
    } catch {
      return complain(error, options)
    }
  }

  /// The text of a source in the one layout; nil where it has errors, which are said.
  private func layout(of source: Source, _ options: Options) -> String? {
    var sources = SourceMap()
    let (text, diagnostics) = Formatter.format(source, id: sources.add(source))
    if !diagnostics.isEmpty {
      terminal.complain(renderer(for: options, sources).text(of: diagnostics))
    }
    return text
  }

  private func complain(_ error: UsageError, _ options: Options) -> Outcome {
    terminal.complain(renderer(for: options).error(error.message, help: error.help))
    return .wrong
  }
}

import WaggleCatalogue
import WaggleCheck
import WaggleRender
import WaggleText

/// What `waggle --help`, `waggle help TOPIC` and `waggle explain` print.
extension Host {
  /// Says what a code stands for, with an example; without a code lists all of them.
  func explain(_ code: String?, options: Options) throws(UsageError) {
    let style = style(options, isTerminal: streams.isOutputTerminal)
    guard let code else {
      let renderer = Renderer(style: style, width: streams.width, sources: SourceMap())
      _ = terminal.write(renderer.rows(ExplanationTable.all.map { ($0.code, $0.title) }))
      return
    }
    guard let entry = ExplanationTable.entry(code) else {
      throw .unknownCode(code, among: ExplanationTable.all.map(\.code))
    }
    _ = terminal.write(HelpBook.page(of: entry, style, width: streams.width))
  }

  /// Prints the page of a topic: the same as `help TOPIC` at the prompt, without a prompt.
  func help(_ topic: [String], _ options: Options) throws(UsageError) -> Int32 {
    guard !topic.isEmpty else {
      _ = terminal.write(Self.help)
      return 0
    }
    let book = HelpBook(.beeOS)
    let style = style(options, isTerminal: streams.isOutputTerminal)
    guard let page = book.page(topic, style, width: streams.width) else {
      let near = NearestName.of(topic.last ?? "", among: book.topics)
      throw .noHelp(topic.joined(separator: " "), suggestion: near)
    }
    _ = terminal.write(page)
    return 0
  }

  static var help: String {
    """
    Waggle runs scripts against BeeOS, a cloud of AI agent instances.

    waggle                                asks for lines and answers them: the prompt
    waggle SCRIPT [--PARAM VALUE …]       runs a script; `waggle run SCRIPT` does the same
    waggle SCRIPT --help                  says which parameters it has
    waggle -c TEXT                        runs a text and shows its value
    waggle check SCRIPT…                  checks them, and those in a folder, and sends nothing
    waggle fmt SCRIPT…                    lays scripts out, and those in a folder, in the one way
    waggle explain [CODE]                 says what the code of an error means
    waggle help [TOPIC]                   explains a word: `waggle help wait`, `waggle help language`
    waggle api [GROUP [ACTION]]           says what the API can do; `--json`, `--openapi`
    waggle login [--profile P]            stores a key for the API; `waggle logout` removes it
    waggle sandbox [--port N]             serves a sandbox to other programs on this machine
    … | waggle                            runs standard input, as does SCRIPT `-`

    SCRIPT may be Markdown (.md): its fences of `waggle` run in order, each as a step with the
    heading above it. Flags stand on either side of SCRIPT:
    \(flags)
    Exit status: 0 done, 1 the script failed, 2 wrong usage or a script with errors (nothing was
    sent), 3 an API error, 4 a wait or a timeout ran out, 5 a wait failed, 130 interrupted,
    143 terminated, 141 the reader of the output went away.

    """
  }

  private static var flags: String {
    let rows = Flag.allCases.map { flag in
      let spellings = [flag.short, flag.spelling].compactMap { $0 }.joined(separator: ", ")
      return (left: [spellings, flag.value].compactMap { $0 }.joined(separator: " "), flag.help)
    }
    let width = rows.map(\.left.count).max() ?? 0
    return rows.map { left, help in
      "  \(left)\(String(repeating: " ", count: width - left.count + 2))\(help)\n"
    }.joined()
  }
}

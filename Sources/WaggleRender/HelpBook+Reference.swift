import WaggleCatalogue
import WaggleCheck
import WaggleValues

/// The reference as a page of Markdown, from the tables that `help` and the checker read.
extension HelpBook {
  /// The page of all forms, built-in commands and operations, for the documentation.
  ///
  /// A test holds the documentation to it, so that neither can say what the other does not.
  package var reference: String {
    var page = """
      # Commands and forms

      Every word that can begin a line, with an example. `waggle help WORD` and, at the prompt,
      `help WORD` say the same.

      This page is made from the tables that check a script: `scripts/accept` writes it anew.

      ## Forms

      """
    for entry in StatementTable.entries {
      page += section(entry.usage, [entry.summary + ".", entry.help], entry.example)
    }
    page += "\n## Commands\n"
    for builtin in Builtin.allCases {
      let entry = BuiltinTable.entry(builtin)
      page += section(entry.usage, [entry.summary + ".", entry.help], entry.example)
    }
    page += "\n## The prompt's own commands\n"
    for command in SessionCommand.allCases {
      page += section(command.usage, [command.summary + ".", command.help], command.example)
    }
    for group in catalogue.groups {
      page += "\n## \(group.prefix(1).uppercased() + group.dropFirst())\n"
      for operation in catalogue.commands(of: group) { page += section(operation) }
    }
    return page
  }

  /// The page of all codes of errors and warnings, for the documentation.
  package static var errors: String {
    var page = """
      # Errors and warnings

      What each code means, with an example of wrong and right. `waggle explain CODE` says the same.

      This page is made from the table of codes: `scripts/accept` writes it anew.

      """
    for entry in ExplanationTable.all {
      page += "\n## `\(entry.code)`: \(entry.title)\n"
      page += "\n" + HelpPage.folded(entry.text, to: 100).joined(separator: "\n") + "\n"
      for (path, text) in entry.files { page += "\nIn `\(path)`:\n\n```\n\(clipped(text))\n```\n" }
      let fence = entry.isMarkdown ? "`````" : "```"
      page += "\n\(fence)\n\(clipped(entry.wrong))\n\(fence)\n"
      page += "\nbut\n\n\(fence)\n\(clipped(entry.right))\n\(fence)\n"
    }
    return page
  }

  private func section(_ title: String, _ words: [String], _ example: String) -> String {
    let paragraph = HelpPage.folded(words.joined(separator: " "), to: 100).joined(separator: "\n")
    return "\n### `\(title)`\n\n\(paragraph)\n\n```\n\(example)\n```\n"
  }

  private func section(_ operation: Operation) -> String {
    let words = [operation.summary + "." + operation.effect.sentence, operation.shortWords ?? ""]
    var section = section(operation.signature, words, operation.example)
    let parameters =
      operation.places.map { ($0.placeholder, $0.words) } + operation.optionRows
    if !parameters.isEmpty { section += "\n| | |\n| --- | --- |\n" }
    for (name, words) in parameters {
      section += "| `\(name)` | \(words.replacing("|", with: "\\|")) |\n"
    }
    return section
  }
}

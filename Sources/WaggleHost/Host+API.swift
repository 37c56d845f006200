import WaggleCatalogue
import WaggleRender
import WaggleText
import WaggleValues

/// What `waggle api` prints.
extension Host {
  /// Prints the catalogue, a group of it or one operation, for people or for programs.
  func showAPI(_ words: [String], _ options: Options) throws(UsageError) {
    let operations = try operations(of: words, isDocument: options.document != nil)
    switch options.document {
    case .json: writeJSON(Catalogue.beeOS.document(operations))
    case .openAPI:
      writeJSON(Catalogue.beeOS.openAPI(operations, server: Self.usualAddress))
    case nil where words.isEmpty:
      let style = style(options, isTerminal: streams.isOutputTerminal)
      let renderer = Renderer(style: style, width: streams.width, sources: SourceMap())
      _ = terminal.write(
        renderer.rows(operations.map { ($0.command, "\($0.method) \($0.path)") }))
    case nil: _ = try help(words, options)
    }
  }

  /// Where the live API is when nothing else is said.
  private static var usualAddress: String { "https://openapi.beeos.ai" }

  private func writeJSON(_ value: Value) { _ = terminal.write(value.json() + "\n") }

  private func operations(
    of words: [String], isDocument: Bool
  ) throws(UsageError) -> [Operation] {
    let catalogue = Catalogue.beeOS
    guard let group = words.first else {
      return catalogue.groups.flatMap { catalogue.operations(of: $0) }
    }
    guard catalogue.groups.contains(group) else {
      throw .noOperation(words, near: NearestName.of(group, among: catalogue.groups))
    }
    guard let action = words.dropFirst().first else { return catalogue.operations(of: group) }
    let known = isDocument ? catalogue.operations(of: group) : catalogue.commands(of: group)
    guard let operation = known.first(where: { $0.action == action }) else {
      let near = NearestName.of(action, among: known.map(\.action))
      throw .noOperation(words, near: near.map { "\(group) \($0)" })
    }
    return [operation]
  }
}

import WaggleRender
import WaggleText

/// Why a command line cannot be carried out: status 2, and nothing was sent.
struct UsageError: Error, Equatable {
  /// One sentence without a full stop.
  let message: String
  /// What to do, in further sentences.
  let help: [String]
  /// The spot in a file of settings that is to blame; nil where there is none.
  private(set) var place: Place?

  /// A stretch of a text.
  struct Place: Equatable {
    let source: Source
    let lower: Int
    let upper: Int

    static func == (one: Place, other: Place) -> Bool {
      (one.source.name, one.lower, one.upper) == (other.source.name, other.lower, other.upper)
    }
  }

  init(_ message: String, help: String...) {
    self.message = message
    self.help = help
  }

  /// The same, pointing at a spot.
  func at(_ place: Place) -> UsageError {
    var error = self
    error.place = place
    return error
  }
}

extension Renderer {
  /// What is wrong with a command line, with the spot that is to blame.
  func error(_ error: UsageError) -> String {
    guard let place = error.place else { return self.error(error.message, help: error.help) }
    var sources = SourceMap()
    let id = sources.add(place.source)
    return Renderer(style: style, width: width, sources: sources)
      .error(error.message, at: Span(id, place.lower, place.upper), help: error.help)
  }
}

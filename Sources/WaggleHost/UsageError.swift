/// Why a command line cannot be carried out: status 2, and nothing was sent.
struct UsageError: Error, Equatable {
  /// One sentence without a full stop.
  let message: String
  /// What to do, in further sentences.
  let help: [String]

  init(_ message: String, help: String...) {
    self.message = message
    self.help = help
  }
}

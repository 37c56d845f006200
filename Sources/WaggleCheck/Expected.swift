package import WaggleSyntax
package import WaggleCatalogue
package import WaggleValues

/// What may stand at a spot of a text, for completion: found by checking the text with a mark there.
///
/// The mark is a name that nothing has. Wherever the checker meets it, it notes what it would have
/// taken instead, so completion knows exactly what checking knows and nothing is inferred twice.
///
///     bees | where st⇥       is checked as   bees | where zq-cursor
///     → condition(.typed(Instance), isWaitedFor: false)
package struct Expected: Sendable {
  /// The kinds of spot.
  package enum Place: Sendable {
    /// The first word of a stage; `isPiped` where a value comes through the pipe.
    case command(isPiped: Bool)
    /// The second word of a command of a group.
    case action(group: String)
    /// The second word of `to` or `from`.
    case format([String])
    /// A variable, behind its `$`.
    case variable([String])
    /// A variable of the environment.
    case environment
    /// A field of such a value.
    case field(of: Schema)
    /// A lone word of a condition about such a value; of a wait, `ready settled gone` too.
    case condition(about: Schema, isWaitedFor: Bool)
    /// A value of this schema.
    case value(Schema)
    /// An id, or a record that has it.
    case id(Parameter)
    /// An option, behind its `--`.
    case option
  }

  /// The command that is being typed, with the options that it may still take.
  package struct Options: Sendable {
    /// The command: `instances deploy`.
    package let command: String
    /// The names of its options that are not given yet, in their order.
    package let names: [String]
  }

  /// The name to put at the spot.
  package static let mark = "zq-cursor"

  /// What kind of spot it is.
  package internal(set) var place: Place
  /// The command around it and its options; nil outside of arguments.
  package internal(set) var options: Options?
}

/// What the checker notes when it meets the mark.
final class Probe {
  private(set) var place: Expected.Place?
  var options: Expected.Options?

  /// Notes a place; what is special about it counts more than that a value is wanted.
  func note(_ new: Expected.Place) {
    if case .value = place { place = nil }
    if place == nil { place = new }
  }
}

extension Checker {
  /// What may stand where `Expected.mark` stands in a text; nil where the mark was not met.
  ///
  /// - Parameters:
  ///   - script: What the parser read, which may be full of mistakes.
  ///   - catalogue: The operations that exist.
  ///   - session: What earlier lines left; it stays as it is.
  /// - Returns: What is wanted there.
  package static func expected(
    in script: Script, catalogue: Catalogue, session: Session
  ) -> Expected? {
    let probe = Probe()
    let checker = Checker(mode: .shown, catalogue: catalogue, session: session)
    checker.probe = probe
    checker.survey(script)
    guard let place = probe.place else { return nil }
    return Expected(place: place, options: probe.options)
  }

  /// Notes what a word would be, if it is the mark.
  func probe(_ word: String, _ place: @autoclosure () -> Expected.Place) {
    guard let probe, word == Expected.mark else { return }
    probe.note(place())
  }

  /// Notes which options a command takes, where the mark is one of its arguments.
  func probe(
    _ argument: Argument, options names: [String], given: some Sequence<Name>, of command: String
  ) {
    guard let probe else { return }
    switch argument.kind {
    case .option(let name, let value):
      if name.text == Expected.mark {
        probe.note(.option)
      } else {
        guard value?.isMark ?? false else { return }
      }
    case .value(let expression), .spread(let expression):
      guard expression.isMark else { return }
      probe.note(.value(.any))
    }
    let left = names.filter { name in
      !given.contains { Catalogue.isSameOption($0.text, name) }
    }
    probe.options = Expected.Options(command: command, names: left)
  }
}

extension Expression {
  /// Whether it is the mark of a completion, as a word.
  var isMark: Bool { if case .word(Expected.mark) = kind { true } else { false } }
}

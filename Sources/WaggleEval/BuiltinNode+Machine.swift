import WaggleCheck
import WaggleFormats
import WaggleText
import WaggleValues

/// `read`: the text of a file.
final class ReadFileNode: BuiltinNode {
  private let site: Site

  init(_ path: Node, site: Site, _ span: Span) {
    self.site = site
    super.init("read", path, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    try f.perform(
      .read(path: try input.text(f, "the file that `read` reads")), site: site, at: span)
  }
}

/// `write`: a text as it is, anything else as the ending of the file's name says.
final class WriteFileNode: BuiltinNode {
  private let path: Node
  private let site: Site

  init(_ input: Node, path: Node, site: Site, _ span: Span) {
    self.path = path
    self.site = site
    super.init("write", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    try f.admit(printing: value, at: span)
    let path = try self.path.text(f, "the file that `write` writes")
    let text = try text(of: value, for: path)
    return try f.perform(.write(path: path, text), site: site, at: span)
  }

  /// What is written; a secret, and what holds one, is masked.
  private func text(of value: Value, for path: String) throws(Raise) -> String {
    switch value {
    case .text, .secret: return value.plainText
    default: break
    }
    let format = Format(ofFile: path)
    guard let text = format.text(of: value.masked) else {
      throw Raise(.unwritable(format.name, value), at: input.span)
    }
    let written = text.plainText
    return written.isEmpty || written.hasSuffix("\n") ? written : written + "\n"
  }
}

/// `table`: prints the input as a table.
final class TableNode: BuiltinNode {
  private let site: Site

  init(_ input: Node, site: Site, _ span: Span) {
    self.site = site
    super.init("table", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    try f.admit(printing: value, at: span)
    let table = f.run.ports.table(value)
    return try f.perform(.print(table + "\n"), site: site, at: span)
  }
}

/// `ask`.
final class AskNode: Node {
  private let name: Node
  private let question: Node
  private let site: Site

  init(name: Node, question: Node, site: Site, _ span: Span) {
    self.name = name
    self.question = question
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let effect = Effect.ask(
      name: try name.text(f, "the name of a question"), try question.text(f, "a question"))
    return try f.perform(effect, site: site, at: span)
  }
}

/// `confirm`.
final class ConfirmNode: Node {
  private let question: Node
  private let site: Site

  init(_ question: Node, site: Site, _ span: Span) {
    self.question = question
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    try f.perform(.confirm(try question.text(f, "a question")), site: site, at: span)
  }
}

extension Node {
  /// The value as a text; a secret only as its mask.
  fileprivate func text(_ f: Frame, _ what: String) throws(Raise) -> String {
    let value = try value(f)
    guard case .text(let text) = value else {
      throw Raise(.notValid(what, "a text", value), at: span)
    }
    return text
  }
}

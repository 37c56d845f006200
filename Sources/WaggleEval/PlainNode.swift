import WaggleText
import WaggleValues

/// A call of a built-in command that makes a value of values and needs nothing else.
final class PlainNode: BuiltinNode {
  /// What such a command does.
  typealias Work = (PlainCall) throws(Raise) -> Value

  private let arguments: [ListNode.Item]
  private let work: Work

  init(
    _ name: String, _ input: Node, _ arguments: [ListNode.Item], _ span: Span,
    work: @escaping Work
  ) {
    self.arguments = arguments
    self.work = work
    super.init(name, input, span)
  }

  /// Where an argument stands; the whole call where a spread list hides it.
  func spot(_ position: Int) -> Span {
    let isPlain = position < arguments.count && !arguments[...position].contains(where: \.isSpread)
    return isPlain ? arguments[position].node.span : span
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    return try work(PlainCall(node: self, frame: f, input: value, arguments: arguments.elements(f)))
  }
}

/// The values that a plain command works on, each asked for as what it must be.
struct PlainCall {
  let node: PlainNode
  let frame: Frame
  let input: Value
  let arguments: [Value]

  /// The fault that the input is not what it must be.
  func refusal(wanted: String) -> Raise {
    Raise(.wrongInput(node.name, wanted: wanted, input), at: node.input.span)
  }

  /// The input as a list.
  func list() throws(Raise) -> List {
    guard case .list(let list) = input else { throw refusal(wanted: "a list") }
    try frame.burn(list.count, at: node.span)
    return list
  }

  /// The input as a record.
  func record() throws(Raise) -> Record {
    guard case .record(let record) = input else { throw refusal(wanted: "a record") }
    return record
  }

  /// The input as a text, secret or not.
  func text() throws(Raise) -> String {
    guard let text = input.revealedText else { throw refusal(wanted: "a text") }
    try frame.burn(text.utf8.count >> 6, at: node.span)
    try frame.admit(bytes: text.utf8.count, at: node.span)
    return text
  }

  /// An argument as a text, secret or not; nil where it was left out.
  func text(_ position: Int, _ what: String) throws(Raise) -> String? {
    guard position < arguments.count else { return nil }
    guard let text = arguments[position].revealedText else {
      throw Raise(.notValid(what, "a text", arguments[position]), at: node.spot(position))
    }
    return text
  }

  /// A text made of the input and the arguments: a secret where one of them is.
  func made(_ text: String) -> Value { isSecret ? .secret(Secret(text)) : .text(text) }

  /// A list of such texts.
  func made(_ texts: some Sequence<Substring>) throws(Raise) -> Value {
    isSecret
      ? try node.list(texts.map { .secret(Secret(String($0))) })
      : .list(List(texts: texts.lazy.map(String.init)))
  }

  /// Asks for the memory of the parts of a text: as many as there are such bytes in it, and one.
  func admitParts(of text: String, at isEnd: (UInt8) -> Bool) throws(Raise) {
    guard text.utf8.count > 1 << 16 else { return }
    let count = text.utf8.lazy.filter(isEnd).count
    try frame.admit(bytes: text.utf8.count &+ count &* 64, at: node.span)
  }

  private var isSecret: Bool {
    ([input] + arguments).contains { if case .secret = $0 { true } else { false } }
  }
}

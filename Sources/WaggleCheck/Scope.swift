import WaggleSyntax
import WaggleText
import WaggleValues

/// A variable: a name, its slot and what is known of its value.
final class Variable {
  /// How a variable came to be; `let` and `param` warn when nothing reads them.
  enum Origin { case bound, parameter, head }

  let name: String
  let span: Span
  let slot: Slot
  let origin: Origin
  var schema: Schema
  var isRead = false
  /// How many parallel bodies of its frame stand around it.
  let parallelDepth: Int
  /// When it is set for the first time, in the order of checking.
  var moment = 0
  /// The file that it was brought in from.
  var file: String?

  init(
    _ name: String, _ span: Span, slot: Slot, origin: Origin, schema: Schema, parallelDepth: Int
  ) {
    self.name = name
    self.span = span
    self.slot = slot
    self.origin = origin
    self.schema = schema
    self.parallelDepth = parallelDepth
  }
}

/// The variables of a run of a function, or of the main program: nested blocks over one row of slots.
final class Frame {
  private(set) var size = 0
  private var blocks: [[String: Variable]] = [[:]]
  /// Every variable that was declared, in order.
  private(set) var declared: [Variable] = []

  /// A frame that goes on from this one without changing it.
  func copy() -> Frame {
    let frame = Frame()
    frame.size = size
    frame.blocks = blocks
    return frame
  }

  /// Keeps the first slots for the formals of a function, which come before what their presets need.
  func reserve(_ count: Int) { size = max(size, count) }

  /// A new slot; none is used for two variables.
  func slot() -> Slot {
    defer { size += 1 }
    return size
  }

  func enterBlock() { blocks.append([:]) }
  func leaveBlock() { blocks.removeLast() }

  /// The variable of a name that the innermost block itself declares.
  func inInnermostBlock(_ name: String) -> Variable? { blocks.last?[name] }

  /// Takes a variable out of the innermost block; false where there is none of that name.
  @discardableResult func remove(_ name: String) -> Bool {
    blocks[blocks.count - 1].removeValue(forKey: name) != nil
  }

  /// The nearest variable of a name.
  func find(_ name: String) -> Variable? {
    for block in blocks.reversed() {
      if let variable = block[name] { return variable }
    }
    return nil
  }

  /// Adds a variable to the innermost block; the same name there again keeps its slot.
  @discardableResult func declare(
    _ name: String, _ span: Span, origin: Variable.Origin, schema: Schema, parallelDepth: Int,
    slot reserved: Slot? = nil
  ) -> Variable {
    let variable = Variable(
      name, span, slot: reserved ?? inInnermostBlock(name)?.slot ?? slot(), origin: origin,
      schema: schema, parallelDepth: parallelDepth)
    blocks[blocks.count - 1][name] = variable
    declared.append(variable)
    return variable
  }

  /// Adds a variable of a used file to the innermost block.
  func adopt(_ variable: Variable) { blocks[blocks.count - 1][variable.name] = variable }

  /// Does work as if nothing was declared yet; also gives the variables that it declares.
  func isolated<T>(_ work: () -> T) -> (result: T, variables: [String: Variable]) {
    let outer = blocks
    blocks = [[:]]
    defer { blocks = outer }
    return (work(), blocks[0])
  }

  /// All names that can be seen, sorted.
  var names: [String] { Set(blocks.flatMap(\.keys)).sorted() }
}

extension Checker {
  /// The variable of a name, and whether it is a top-level one seen from inside a function.
  func find(_ name: String) -> (variable: Variable, isGlobal: Bool)? {
    if let variable = frame.find(name) { return (variable, false) }
    guard frame !== main, let variable = main.find(name) else { return nil }
    return (variable, true)
  }

  /// All variables in sight, for suggestions.
  var variableNames: [String] {
    frame === main ? main.names : Set(frame.names).union(main.names).sorted()
  }

  /// Declares a variable in the innermost block.
  @discardableResult func declare(
    _ name: Name, origin: Variable.Origin, schema: Schema, slot: Slot? = nil
  ) -> Variable {
    if name.text == "env" { report(.environmentIsNoVariable(name.span)) }
    let moment = frame.inInnermostBlock(name.text)?.moment
    let variable = frame.declare(
      name.text, name.span, origin: origin,
      schema: assignedNames.contains(name.text) ? .any : schema,
      parallelDepth: flow.parallelDepth, slot: slot)
    variable.moment = moment ?? tick()
    return variable
  }

  /// Does work in a block of its own.
  func inBlock<T>(_ work: () -> T) -> T {
    frame.enterBlock()
    defer { frame.leaveBlock() }
    return work()
  }

  /// Does work with other rules for `break`, `continue`, `return` and changes.
  func with<T>(flow inner: Flow, _ work: () -> T) -> T {
    let outer = flow
    flow = inner
    defer { flow = outer }
    return work()
  }

  /// Does work below a place.
  func at<T>(_ path: SitePath, _ work: () -> T) -> T {
    let outer = sites
    sites = path
    defer { sites = outer }
    return work()
  }

  /// Takes note of the variables of a frame that nothing reads.
  func noteUnread(in frame: Frame) {
    unread += frame.declared.filter {
      !$0.isRead && $0.origin != .head && !$0.name.hasPrefix("_")
    }
  }

  /// Warns of variables that nothing reads; only in a text without errors, for what is wrong may
  /// have been meant to read them.
  func warnOfUnread() {
    for variable in unread { warn(.unusedVariable(variable.name, variable.span)) }
  }
}

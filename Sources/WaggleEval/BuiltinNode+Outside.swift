import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// `now`.
final class NowNode: Node {
  private let site: Site

  init(site: Site, _ span: Span) {
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    try f.perform(.now, site: site, at: span)
  }
}

/// `age`: how long ago a time was; null of null.
final class AgeNode: BuiltinNode {
  private let site: Site

  init(_ input: Node, site: Site, _ span: Span) {
    self.site = site
    super.init("age", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    if value.isNull { return .null }
    let moment = try moment(value)
    let now = try f.perform(.now, site: site, at: span)
    return try attempt(at: span) { () throws(ValueError) in try Value.subtract(now, .time(moment)) }
  }

  private func moment(_ value: Value) throws(Raise) -> Timestamp {
    switch value {
    case .time(let time): return time
    case .text(let text):
      return try attempt(at: input.span) { () throws(ValueError) in try Timestamp(parsing: text) }
    default: throw Raise(.wrongInput(name, wanted: "a time", value), at: input.span)
    }
  }
}

/// `sleep`.
final class SleepNode: BuiltinNode {
  private let site: Site

  init(_ input: Node, site: Site, _ span: Span) {
    self.site = site
    super.init("sleep", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let nanoseconds = try input.duration(f).nanoseconds
    _ = try f.perform(.sleep(nanoseconds: nanoseconds), site: site, at: span)
    return .null
  }
}

/// `print` and `log`: the values with a space between, secrets as `••••`.
final class WriteNode: Node {
  private let arguments: [ListNode.Item]
  private let isLog: Bool
  private let site: Site

  init(_ arguments: [ListNode.Item], isLog: Bool, site: Site, _ span: Span) {
    self.arguments = arguments
    self.isLog = isLog
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var line = ""
    for (index, value) in try arguments.elements(f).enumerated() {
      if index > 0 { line += " " }
      try f.admit(printing: value, at: span)
      line += value.plainText
    }
    let effect = isLog ? Effect.log(line) : .print(line + "\n")
    _ = try f.perform(effect, site: site, at: span)
    return .null
  }
}

/// `$env.NAME`.
final class EnvironmentNode: Node {
  private let name: Node
  private let site: Site

  init(_ name: Node, site: Site, _ span: Span) {
    self.name = name
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try name.value(f)
    guard case .text(let text) = value else { throw Raise(.notKey(value), at: name.span) }
    return try f.perform(.environment(text), site: site, at: span)
  }
}

/// A top-level value that is shown (prompt and `-c`); null is not, a stream is item by item, and what
/// was printed as it grew is not printed again.
final class ShowNode: Node {
  private let node: Node
  private let isFollowed: Bool
  private let site: Site

  init(_ node: Node, isFollowed: Bool, site: Site, _ span: Span) {
    self.node = node
    self.isFollowed = isFollowed
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try node.value(f)
    if case .stream(let stream) = value { return try show(stream, f) }
    if !value.isNull {
      _ = try f.perform(isFollowed ? .showEnd(value) : .show(value), site: site, at: span)
    }
    return value
  }

  private func show(_ stream: Stream, _ f: Frame) throws(Raise) -> Value {
    let walk = try StreamWalk(stream, site: site, f, at: span)
    defer { walk.end() }
    var index = 0
    while let item = try walk.item(index, f) {
      _ = try f.perform(.showItem(item), site: site, element: index, at: span)
      index &+= 1
    }
    return .null
  }
}

/// `limit changes N`, `limit destroy N`.
final class LimitNode: Node {
  private let limit: CallLimit
  private let number: Node
  private let site: Site

  init(_ limit: CallLimit, _ number: Node, site: Site, _ span: Span) {
    self.limit = limit
    self.number = number
    self.site = site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let count = try number.count(f, .calls, from: 0)
    let effect = Effect.limit(destroyOnly: limit == .destroy, count)
    return try f.perform(effect, site: site, at: span)
  }
}

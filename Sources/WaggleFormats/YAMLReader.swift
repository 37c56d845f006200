package import WaggleValues

/// Reads one YAML document into a value.
///
/// Plain scalars are read as YAML 1.2 reads them, with numbers as JSON spells them: `true`, `null`,
/// `~` and `42` are what they look like, but `no`, `on`, `007`, `0x1F` and `2026-05-14` are texts.
/// Numbers keep their spelling. A key is a text, whatever it looks like, and comes once; `<<` merges.
/// Aliases are followed, within a bound, so that a text of ten lines is not a value of gigabytes.
package struct YAMLReader {
  /// How many values the aliases of a text may stand for in all.
  static let mostNodes = 1_000_000

  private let events: YAMLEvents
  /// What anchors stand for, with the number of values in it.
  private var anchors: [String: (value: Value, nodes: Int)] = [:]
  private var nodes = 0
  private var aliased = 0

  private init(_ events: YAMLEvents) { self.events = events }

  /// Reads a text; null where it holds nothing.
  package static func read(_ text: String) throws(YAMLError) -> Value {
    try YAMLEvents(text).read { events throws(YAMLError) in
      var reader = YAMLReader(events)
      return try reader.document()
    }
  }

  private mutating func document() throws(YAMLError) -> Value {
    guard case .documentStart = try events.next() else { return .null }
    let value = try node(events.next(), depth: 0)
    _ = try events.next()
    guard case .end = try events.next() else { throw error(.secondDocument) }
    return value
  }

  private func error(_ cause: YAMLError.Cause) -> YAMLError {
    YAMLError(cause, line: events.line)
  }

  private mutating func node(_ event: YAMLEvents.Event, depth: Int32) throws(YAMLError) -> Value {
    let before = nodes
    nodes += 1
    switch event {
    case .alias(let name): return try alias(name)
    case .scalar(let text, let isPlain, let anchor, let tag):
      let value = try scalar(text, isPlain: isPlain, tag: tag)
      keep(value, as: anchor, since: before)
      return value
    case .listStart(let anchor, let tag):
      try check(tag, is: "seq")
      let value = try list(depth: depth + 1)
      keep(value, as: anchor, since: before)
      return value
    case .mappingStart(let anchor, let tag):
      try check(tag, is: "map")
      let value = try mapping(depth: depth + 1)
      keep(value, as: anchor, since: before)
      return value
    default: throw error(.syntax("a value is missing"))
    }
  }

  private mutating func keep(_ value: Value, as anchor: String?, since before: Int) {
    if let anchor { anchors[anchor] = (value, nodes - before) }
  }

  private mutating func alias(_ name: String) throws(YAMLError) -> Value {
    guard let (value, count) = anchors[name] else { throw error(.unknownAlias(name)) }
    aliased += count
    nodes += count
    guard aliased <= Self.mostNodes else { throw error(.tooManyAliases) }
    return value
  }

  private mutating func list(depth: Int32) throws(YAMLError) -> Value {
    guard depth <= Value.maxDepth else { throw error(.tooDeep) }
    var elements: [Value] = []
    while true {
      let event = try events.next()
      if case .listEnd = event { break }
      elements.append(try node(event, depth: depth))
    }
    do throws(ValueError) { return .list(try List(elements)) } catch { throw self.error(.tooDeep) }
  }

  private mutating func mapping(depth: Int32) throws(YAMLError) -> Value {
    guard depth <= Value.maxDepth else { throw error(.tooDeep) }
    var record = Record()
    var merged: [Record] = []
    while true {
      let event = try events.next()
      if case .mappingEnd = event { break }
      let (key, merges) = try key(event)
      let value = try node(events.next(), depth: depth)
      if merges {
        merged += try records(in: value)
      } else if record[key] != nil {
        throw error(.repeatedKey(key))
      } else {
        try set(key, value, in: &record)
      }
    }
    for other in merged {
      for (key, value) in other where record[key] == nil { try set(key, value, in: &record) }
    }
    return .record(record)
  }

  private func set(_ key: String, _ value: Value, in record: inout Record) throws(YAMLError) {
    do throws(ValueError) { try record.set(key, value) } catch { throw self.error(.tooDeep) }
  }

  /// The text of a key, and whether it is `<<`.
  private mutating func key(
    _ event: YAMLEvents.Event
  ) throws(YAMLError) -> (text: String, merges: Bool) {
    switch event {
    case .scalar(let text, let isPlain, let anchor, let tag):
      nodes += 1
      if let anchor { anchors[anchor] = (try scalar(text, isPlain: isPlain, tag: tag), 1) }
      return (text, isPlain && text == "<<" && tag == nil)
    case .alias(let name):
      guard case .text(let text) = try alias(name) else { throw error(.keyNotScalar) }
      return (text, false)
    default: throw error(.keyNotScalar)
    }
  }

  private func records(in value: Value) throws(YAMLError) -> [Record] {
    switch value {
    case .record(let record): return [record]
    case .list(let list):
      var records: [Record] = []
      for element in list.elements {
        guard case .record(let record) = element else { throw error(.notMergeable) }
        records.append(record)
      }
      return records
    default: throw error(.notMergeable)
    }
  }
}

/// Scalars and their tags.
extension YAMLReader {
  private static let prefix = "tag:yaml.org,2002:"

  /// The last part of one of YAML's own tags; nil without a tag, and for `!`, which means a text.
  private func name(of tag: String?) throws(YAMLError) -> Substring? {
    guard let tag else { return nil }
    if tag == "!" { return "str" }
    let name = tag.dropFirst(Self.prefix.count)
    guard tag.hasPrefix(Self.prefix),
      ["str", "int", "float", "bool", "null", "seq", "map"].contains(name)
    else { throw error(.unknownTag(tag.hasPrefix(Self.prefix) ? "!!" + name : tag)) }
    return name
  }

  private func check(_ tag: String?, is wanted: String) throws(YAMLError) {
    guard let name = try name(of: tag), tag != "!", name != wanted else { return }
    throw error(.wrongTag("!!" + name))
  }

  private func scalar(_ text: String, isPlain: Bool, tag: String?) throws(YAMLError) -> Value {
    guard let name = try name(of: tag) else {
      return isPlain ? try plain(text) : .text(text)
    }
    if name == "str" { return .text(text) }
    let value = try plain(text)
    switch (name, value.kind) {
    case ("int", .int), ("float", .float), ("float", .int), ("bool", .bool), ("null", .null):
      return value
    default: throw error(.wrongTag("!!" + name))
    }
  }

  /// What a scalar without quotes is.
  private func plain(_ text: String) throws(YAMLError) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
      throw error(.notFinite(text))
    default: return Value.number(fromJSONSpelling: text) ?? .text(text)
    }
  }
}

import CLibYAML

/// What libyaml tells of a text, one event at a time.
final class YAMLEvents {
  enum Event {
    case end
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(String, isPlain: Bool, anchor: String?, tag: String?)
    case listStart(anchor: String?, tag: String?)
    case listEnd
    case mappingStart(anchor: String?, tag: String?)
    case mappingEnd
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: [UInt8]
  /// The line of the last event, from 1.
  private(set) var line = 1

  init(_ text: String) {
    self.text = Array(text.utf8)
    parser = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Lets a body take the events of the text.
  func read<R>(_ body: (YAMLEvents) throws(YAMLError) -> R) throws(YAMLError) -> R {
    let result = text.withUnsafeBufferPointer { bytes -> Result<R, YAMLError> in
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      do throws(YAMLError) { return .success(try body(self)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// The next event.
  func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
      let line = max(parser.pointee.problem_mark.line, parser.pointee.context_mark.line) + 1
      throw YAMLError(.syntax(problem), line: Int(line))
    }
    defer { yaml_event_delete(&event) }
    line = Int(event.start_mark.line) + 1
    if let known = Self.event(event) { return known }
    return try next()
  }

  /// The event; nil for the start of the stream, which tells nothing.
  private static func event(_ event: yaml_event_t) -> Event? {
    switch event.type {
    case YAML_STREAM_END_EVENT: return .end
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
      return .scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
        anchor: text(scalar.anchor), tag: text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return .listStart(anchor: text(start.anchor), tag: text(start.tag))
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return .mappingStart(anchor: text(start.anchor), tag: text(start.tag))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return nil
    }
  }

  private static func text(_ characters: UnsafeMutablePointer<UInt8>?) -> String? {
    characters.map { String(cString: $0) }
  }
}

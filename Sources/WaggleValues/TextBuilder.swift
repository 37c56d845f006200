/// The one way text is made of values: `print`, fill-ins, `join`, `to json` go through it.
///
/// It remembers whether anything secret went in; the text that comes out is then a secret too.
package struct TextBuilder {
  private var text = ""
  private var isTainted = false

  /// Makes a builder without text.
  package init() {}

  /// Adds characters that are nobody's secret: a literal, a separator.
  @inline(__always)
  package mutating func append(_ literal: String) { text += literal }

  /// Adds a value as it prints: null as nothing (and a stream, which the evaluator refuses before),
  /// a whole double as `2.0`, lists and records as JSON.
  package mutating func append(_ value: Value) {
    switch value {
    case .null, .stream: break
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let int): text += String(int)
    case .float(let double): text += double.description
    case .number(let number): text += number.text
    case .text(let own): text += own
    case .duration(let duration): text += duration.text
    case .time(let time): text += time.text
    case .secret(let secret):
      text += secret.revealed
      isTainted = true
    case .list, .record: append(json: value)
    }
  }

  /// Adds a value as JSON, secrets within it as they are.
  package mutating func append(json value: Value, isPretty: Bool = false) {
    var writer = JSONWriter(secrets: .revealed, isPretty: isPretty)
    writer.write(value)
    text += writer.text
    isTainted = isTainted || writer.hasSecret
  }

  /// How many bytes it has.
  package var byteCount: Int { text.utf8.count }

  /// What has been built: a text, or a secret where one went in.
  package consuming func finish() -> Value { isTainted ? .secret(Secret(text)) : .text(text) }
}

extension Value {
  /// The value as the text it prints as, for showing: secrets as `••••`, also within JSON.
  package var plainText: String {
    switch self {
    case .text(let text): return text
    case .secret: return Secret.mask
    case .list, .record: return json()
    default:
      var builder = TextBuilder()
      builder.append(self)
      return builder.finish().revealedText ?? ""
    }
  }

  /// The value as the text it prints as; a secret, or what holds one, stays a secret.
  package var asText: Value {
    var builder = TextBuilder()
    builder.append(self)
    return builder.finish()
  }

  /// The value as JSON on one line, or over several with two spaces a level; secrets as `••••`.
  package func json(isPretty: Bool = false) -> String {
    var writer = JSONWriter(secrets: .masked, isPretty: isPretty)
    writer.write(self)
    return writer.text
  }

  /// The value as JSON for an API's eyes: secrets as they are.
  package var revealedJSON: [UInt8] {
    var writer = JSONWriter(secrets: .revealed)
    writer.write(self)
    return writer.bytes
  }
}

import WaggleCatalogue
import WaggleValues

/// A body that an operation must refuse, made from its entry in the catalogue.
struct WrongBody {
  /// What is wrong with it, for who reads a failure.
  let what: String
  let bytes: [UInt8]
  /// The code that it is refused with, and the field that is named; nil where none is.
  let code: String
  var param: String?

  /// Every one that can be told from the catalogue alone.
  static func all(for operation: Operation) -> [WrongBody] {
    noJSON + noObject + fields(of: operation) + unknown(to: operation)
  }

  private static let noJSON =
    [
      "{", "[1", "nul", #"{"a":}"#, #"{"a":1,}"#, "{'a':1}", "\u{0}", "a=b&c=d", "<a/>",
      #"{"a":"\x"}"#,
    ]
    .map { WrongBody(what: "no JSON", bytes: Array($0.utf8), code: "invalid_json") }
    + [[0xFF, 0xFE], Array(#"{"a":""#.utf8) + [0xC3] + Array(#""}"#.utf8)].map {
      WrongBody(what: "no UTF-8", bytes: $0, code: "invalid_json")
    }

  private static let noObject = ["[]", "[{}]", "1", "-1.5", "\"x\"", "null", "true"].map {
    WrongBody(what: "no object", bytes: Array($0.utf8), code: "invalid_body")
  }

  /// One value of each kind of JSON, by the kinds of schema that take it.
  private static func takes(_ schema: Schema, _ kind: String) -> Bool {
    switch schema {
    case .any: true
    case .bool: kind == "bool"
    case .int: kind == "int"
    case .float, .number: kind == "int" || kind == "float"
    case .list: kind == "list"
    case .record, .typed: kind == "object"
    default: kind == "text"
    }
  }

  private static let kinds = [
    ("null", "null"), ("bool", "true"), ("int", "7"), ("float", "1.5"), ("text", "\"yes\""),
    ("list", "[[]]"), ("object", "{}"),
  ]

  private static func fields(of operation: Operation) -> [WrongBody] {
    let usual = usualFields(of: operation)
    var wrong: [WrongBody] = []
    for field in operation.body {
      for (kind, value) in kinds where !takes(field.schema, kind) {
        if kind == "null", field.isNullable { continue }
        wrong.append(
          WrongBody(
            what: "\(kind) for \(field.name)", bytes: object(usual, field.name, value),
            code: "invalid_param", param: field.name))
      }
      if field.isRequired {
        wrong.append(
          WrongBody(
            what: "no \(field.name)", bytes: object(usual, field.name, nil), code: "missing_param",
            param: field.name))
      }
      wrong += nested(in: field, usual)
    }
    return wrong
  }

  /// What is wrong within the objects that a field takes.
  private static func nested(
    in field: Parameter, _ usual: [(String, String)]
  ) -> [WrongBody] {
    if field.form == .texts {
      let bytes = object(usual, field.name, #"{"key":7}"#)
      return [
        WrongBody(
          what: "no text in \(field.name)", bytes: bytes, code: "invalid_param",
          param: "\(field.name).key")
      ]
    }
    return field.fields.flatMap { inner -> [WrongBody] in
      let rest = field.fields.filter { $0.isRequired && $0.name != inner.name }
        .map { "\"\($0.name)\":\(Self.value(for: $0))," }.joined()
      let param = "\(field.name).\(inner.name)"
      var wrong = [
        WrongBody(
          what: "object for \(param)",
          bytes: object(usual, field.name, "[{\(rest)\"\(inner.name)\":{}}]"),
          code: "invalid_param", param: param)
      ]
      if inner.isRequired {
        wrong.append(
          WrongBody(
            what: "no \(param)", bytes: object(usual, field.name, "[{}]"), code: "missing_param",
            param: param))
      }
      return wrong
    }
  }

  /// A field that there is not, where the contract says that such are refused.
  private static func unknown(to operation: Operation) -> [WrongBody] {
    guard operation.isBodyClosed else { return [] }
    let bytes = object(usualFields(of: operation), "nonesuch", "1")
    return [
      WrongBody(what: "an unknown field", bytes: bytes, code: "invalid_param", param: "nonesuch")
    ]
  }

  // MARK: Bodies that are right

  /// The fields that must be there, as JSON.
  private static func usualFields(of operation: Operation) -> [(String, String)] {
    var fields = operation.body.filter(\.isRequired).map { ($0.name, value(for: $0)) }
    for case .oneOf(let names) in operation.rules {
      fields.append((names[0], "\"scout-standard\""))
    }
    return fields
  }

  private static func value(for parameter: Parameter) -> String {
    if parameter.form == .uuid { return "\"0b9f6d0e-7a51-4e0b-9c37-5f7f6b1f2a10\"" }
    if parameter.form == .url { return "\"https://hooks.example/done\"" }
    switch parameter.schema {
    case .choice(let values, _): return "\"\(values[0])\""
    case .int: return "1"
    case .bool: return "true"
    case .list: return "[\"a\"]"
    case .record, .typed: return "{}"
    default: return "\"a\""
    }
  }

  /// An object with one of its fields set, or left out.
  private static func object(
    _ fields: [(String, String)], _ name: String, _ value: String?
  ) -> [UInt8] {
    let others = fields.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    return Array("{\(others.map { "\"\($0)\":\($1)" }.joined(separator: ","))}".utf8)
  }
}

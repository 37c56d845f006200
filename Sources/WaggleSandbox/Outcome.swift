/// What the work of an operation comes to, before chance and the wire have their say.
struct Outcome: Sendable {
  /// The body as it goes out; empty for none.
  var body: [UInt8]
  /// The status; nil for the operation's own.
  var status: Int?
  /// Header fields besides those of every answer.
  var headers: [(name: String, value: String)] = []
  /// How long the answer takes, in milliseconds, in place of the usual; nil for the usual.
  var milliseconds: Int?
  /// What the answer waits for, and is made of, in place of a body; nil for a body.
  var wait: InvokeWait?
  /// What is said piece by piece in place of a body; nil for a body.
  var feed: (any Feed)?

  /// A stream of events.
  static func stream(_ feed: any Feed) -> Outcome { Outcome(body: [], feed: feed) }

  /// JSON that stands in the envelope: `{"success":true,"data":…}`.
  static func data(_ json: [UInt8]) -> Outcome {
    Outcome(body: Array(#"{"success":true,"data":"#.utf8) + json + [0x7D])
  }

  /// A flat list in the envelope, with the size of the whole of it, and what is known of the
  /// runtime that it comes from.
  static func list(
    _ items: [[UInt8]], total: Int? = nil, projection: [UInt8]? = nil
  ) -> Outcome {
    var bytes = Array(#"{"success":true,"data":"#.utf8)
    bytes.append(list: items)
    if let total { bytes += #","total":\#(total)"#.utf8 }
    if let projection { bytes += Array(#","projection":"#.utf8) + projection }
    return Outcome(body: bytes + [0x7D])
  }

  /// A list under a name inside of the data, and what stands beside it.
  static func wrapped(
    _ name: String, _ items: [[UInt8]], _ beside: (inout ObjectWriter) -> Void = { _ in }
  ) -> Outcome {
    var out = ObjectWriter()
    out.member(name, jsons: items)
    beside(&out)
    out.end()
    return .data(out.bytes)
  }

  /// JSON that is the whole body.
  static func bare(_ json: [UInt8]) -> Outcome { Outcome(body: json) }

  /// No body, as a 204 has.
  static var nothing: Outcome { Outcome(body: []) }
}

extension [UInt8] {
  /// Appends JSON values as an array.
  mutating func append(list items: [[UInt8]]) {
    append(0x5B)
    for (place, item) in items.enumerated() {
      if place > 0 { append(0x2C) }
      self += item
    }
    append(0x5D)
  }
}

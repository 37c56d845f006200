import Testing

@testable import WaggleClient

@Suite("Events in the bytes of a stream")
struct EventReaderTests {
  /// The events as `name|data|id`, from bytes that come in pieces of a size.
  private func events(_ text: [UInt8], pieces size: Int = .max) throws -> [String] {
    var reader = EventReader()
    var events: [EventReader.Event] = []
    var rest = text[...]
    while !rest.isEmpty {
      events += try reader.read(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return events.map {
      "\($0.name ?? "-")|\(String(decoding: $0.data, as: UTF8.self))|\($0.id ?? "-")"
    }
  }

  private static let streams: [(String, [String])] = [
    ("data: one\n\n", ["-|one|-"]),
    ("data:one\n\ndata:  two\n\n", ["-|one|-", "-| two|-"]),
    ("event: message\ndata: {}\nid: 7\n\n", ["message|{}|7"]),
    ("event: message\r\ndata: {}\r\nid: 7\r\n\r\n", ["message|{}|7"]),
    ("event: message\rdata: {}\rid: 7\r\r", ["message|{}|7"]),
    ("data: a\r\ndata: b\n\r\ndata: c\r\n\r\n", ["-|a\nb|-", "-|c|-"]),
    (": a comment\n\n:\n\ndata: on\n\n", ["-|on|-"]),
    ("retry: 100\nfoo: bar\nfoo\ndata: on\n\n", ["-|on|-"]),
    ("data\n\n", ["-||-"]), ("data:\ndata:\n\n", ["-|\n|-"]),
    ("event: alone\n\ndata: next\n\n", ["-|next|-"]),
    ("id: 1\ndata: a\n\ndata: b\n\nid:\ndata: c\n\n", ["-|a|1", "-|b|1", "-|c|"]),
    ("id: 1\u{0}2\ndata: a\n\n", ["-|a|-"]),
    ("data: cut", []), ("data: cut\n", []), ("", []), ("\n\n\r\n\r", []),
    ("data: schön 🐝 — gut\n\n", ["-|schön 🐝 — gut|-"]),
    ("\u{FEFF}data: marked\n\n", ["-|marked|-"]),
    ("data: a\n\n\u{FEFF}data: b\n\n", ["-|a|-"]),
    ("DATA: x\nDaTa: y\ndata: z\n\n", ["-|z|-"]),
  ]

  @Test("are found however the bytes are cut", arguments: streams)
  func whole(_ text: String, _ expected: [String]) throws {
    let bytes = Array(text.utf8)
    #expect(try events(bytes) == expected)
    for size in [1, 2, 3, 5] { #expect(try events(bytes, pieces: size) == expected) }
  }

  @Test("are the same for a cut at every byte")
  func everyCut() throws {
    let bytes = Array(Self.streams.map(\.0).joined(separator: "\n\n").utf8)
    let whole = try events(bytes)
    #expect(whole.count > 20)
    for cut in bytes.indices {
      var reader = EventReader()
      let found =
        try reader.read(Array(bytes[..<cut])) + reader.read([]) + reader.read(Array(bytes[cut...]))
      #expect(
        found.map {
          "\($0.name ?? "-")|\(String(decoding: $0.data, as: UTF8.self))|\($0.id ?? "-")"
        } == whole)
    }
  }

  @Test("have a bound, in one line or in many")
  func bounded() throws {
    var reader = EventReader(limit: 100)
    #expect(
      try reader.read(Array(("data: " + String(repeating: "x", count: 94) + "\n\n").utf8)).count
        == 1)
    #expect(throws: EventReader.TooLarge(limit: 100)) {
      _ = try reader.read(Array(("data: " + String(repeating: "x", count: 95)).utf8))
    }
    var many = EventReader(limit: 100)
    #expect(throws: EventReader.TooLarge(limit: 100)) {
      for _ in 0..<60 { _ = try many.read(Array("data: x\n".utf8)) }
    }
    var endless = EventReader(limit: 100)
    for _ in 0..<1_000 { #expect(try endless.read(Array(": a comment\n".utf8)) == []) }
  }

  @Test("come out of bytes that are no text, too")
  func noText() throws {
    #expect(
      try events([0x64, 0x61, 0x74, 0x61, 0x3A, 0xFF, 0xFE, 0x0A, 0x0A]) == ["-|\u{FFFD}\u{FFFD}|-"]
    )
  }
}

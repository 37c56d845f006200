import Testing
import WaggleValues

private let bee = RecordType(
  "Bee", [.init("id", .text), .init("status", .text), .init("startedAt", .time, isOptional: true)])

private func fields(_ pairs: (String, Value)...) throws -> Record {
  try Record(pairs.map { (key: $0.0, value: $0.1) })
}

private func nested(_ depth: Int) throws -> Value {
  var value = Value.list(List())
  for _ in 1..<depth { value = .list(try List([value])) }
  return value
}

@Suite struct RecordTests {
  @Test("the same keys in the same order are one shape, another order or type is another")
  func shapes() throws {
    let (one, two) = (RecordType("One", []), RecordType("Two", []))
    let a = try Record([("id", .int(1)), ("status", .null)], type: one)
    let b = try Record([("id", .text("x")), ("status", .int(2))], type: one)
    let turned = try Record([("status", .null), ("id", .null)], type: one)
    let other = try Record([("id", .int(1)), ("status", .null)], type: two)
    #expect(a.shape === b.shape)
    #expect(a.shape !== turned.shape)
    #expect(a.shape !== other.shape)
    #expect(a.shape === other.typed(one).shape)
    #expect(a.type === one)
    #expect(a.plain.type == nil)
    #expect(a.plain.keys == ["id", "status"])
  }

  @Test("setting keeps the order, and a copy stays what it was")
  func set() throws {
    var record = try fields(("a", .int(1)), ("b", .int(2)))
    let copy = record
    try record.set("a", .int(3))
    try record.set("c", .int(4))
    #expect(Value.record(record).json() == #"{"a":3,"b":2,"c":4}"#)
    #expect(Value.record(copy).json() == #"{"a":1,"b":2}"#)
    #expect(Value.record(record.removing("b")).json() == #"{"a":3,"c":4}"#)
    #expect(record.removing("x").count == 3)
  }

  @Test("a key that comes twice has the last value in the first place")
  func duplicates() throws {
    let record = try fields(("a", .int(1)), ("b", .int(2)), ("a", .int(3)))
    #expect(Value.record(record).json() == #"{"a":3,"b":2}"#)
  }

  @Test("keys that differ in a byte are two, whatever Unicode says")
  func normalization() throws {
    let record = try fields(("é", .int(1)), ("e\u{301}", .int(2)))
    #expect(record.count == 2)
    #expect(record["e\u{301}"]?.plainText == "2")
  }

  @Test("merging makes a plain record in which the right one wins")
  func merging() throws {
    let left = try Record([("id", .int(1)), ("status", .text("running"))], type: bee)
    let merged = try left.merging(fields(("status", .null), ("x", .int(2))))
    #expect(Value.record(merged).json() == #"{"id":1,"status":null,"x":2}"#)
    #expect(merged.type == nil)
  }

  @Test("selecting makes a plain record with null for what the type has and the record has not")
  func selecting() throws {
    let record = try Record([("id", .int(1)), ("status", .text("running"))], type: bee)
    let selected = try record.selecting(["startedAt", "id"])
    #expect(Value.record(selected).json() == #"{"startedAt":null,"id":1}"#)
    #expect(selected.type == nil)
    #expect(throws: ValueError.self) { try record.selecting(["x"]) }
  }

  @Test("a field of the type that is absent is null, any other absent field is an error")
  func fieldReads() throws {
    let typed = try Record([("id", .int(1))], type: bee)
    #expect(try typed.field("id").plainText == "1")
    #expect(try typed.field("startedAt").isNull)
    let unknown = #expect(throws: ValueError.self) { try typed.field("stauts") }
    #expect(
      unknown == .noField("stauts", type: "Bee", candidates: ["id", "status", "startedAt"]))
    #expect(unknown?.message == "Bee has no field `stauts`")
    let missing = #expect(throws: ValueError.self) { try typed.plain.field("startedAt") }
    #expect(missing == .noField("startedAt", type: nil, candidates: ["id"]))
    #expect(missing?.message == "the record has no field `startedAt`")
  }

  @Test("a field cache gives what reading without one gives, whatever shapes it meets")
  func caches() throws {
    let typed = try Record([("id", .int(1))], type: bee)
    let full = try Record([("status", .int(2)), ("startedAt", .int(3))], type: bee)
    let plain = try fields(("startedAt", .int(4)))
    var wide = Record()
    for number in 0..<200 { try wide.set("k\(number)", .int(number)) }
    try wide.set("startedAt", .int(5))
    var cache = FieldCache()
    for record in [typed, typed, full, full, plain, typed, wide, wide, plain, full] {
      let read = try record.field("startedAt", &cache)
      #expect(try Value.isSame(read, record.field("startedAt")))
    }
    let other = try fields(("id", .int(1)))
    #expect(throws: ValueError.self) { try other.field("startedAt", &cache) }
    #expect(try typed.field("startedAt", &cache).isNull)
  }

  @Test("a record with very many keys has a shape of its own and stays fast to grow")
  func manyKeys() throws {
    var record = Record()
    for number in 0..<20_000 { try record.set("key-\(number)", .int(number)) }
    var copy = record
    try copy.set("more", .null)
    try copy.set("key-7", .text("seven"))
    #expect(record.count == 20_000)
    #expect(record["key-19999"]?.plainText == "19999")
    #expect(record["key-7"]?.plainText == "7")
    #expect(record["more"] == nil)
    #expect(copy.count == 20_001)
    #expect(copy["key-7"]?.plainText == "seven")
  }

  @Test("keys that are data come and go, and stay readable")
  func dynamicKeys() throws {
    let map = RecordType("Map", [])
    var kept: [Record] = []
    for number in 0..<10_000 {
      let record = try Record([("id-\(number)", .int(1)), ("x", .int(number))], type: map)
      if number % 100 == 0 { kept.append(record) }
    }
    for (position, record) in kept.enumerated() {
      #expect(record["x"]?.plainText == "\(position * 100)")
      #expect(record.keys == ["id-\(position * 100)", "x"])
    }
    let (last, again) = try (
      Record([("id-9999", .null)], type: map), Record([("id-9999", .null)], type: map)
    )
    #expect(last.shape === again.shape)
  }

  @Test("strands that make the same keys at once get one shape")
  func sharedShapes() async throws {
    let keys = (0..<40).map { "shared-\($0)" }
    let type = RecordType("Shared", [])
    let shapes = await withTaskGroup(of: ObjectIdentifier?.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let record = try? Record(keys.map { (key: $0, value: Value.null) }, type: type)
          return record?["shared-39"] == nil ? nil : record.map { ObjectIdentifier($0.shape) }
        }
      }
      return await group.reduce(into: Set<ObjectIdentifier?>()) { $0.insert($1) }
    }
    #expect(shapes.count == 1)
    #expect(!shapes.contains(nil))
  }

  @Test("nesting is counted, and more than 512 levels are refused")
  func depth() throws {
    let deepest = try nested(512)
    #expect(deepest.depth == 512)
    #expect(throws: ValueError.tooDeep) { try List([deepest]) }
    var list = List()
    #expect(throws: ValueError.tooDeep) { try list.append(deepest) }
    var record = Record()
    #expect(throws: ValueError.tooDeep) { try record.set("a", deepest) }
    try record.set("a", nested(511))
    #expect(record.depth == 512)
    try record.set("b", .int(1))
    try record.set("a", .int(1))
    #expect(record.depth == 1)
    #expect(
      ValueError.tooDeep.message
        == "lists and records must nest at most 512 deep, but this is deeper")
  }
}

@Suite struct ListTests {
  @Test(
    "an index counts from 0, a negative one from the end",
    arguments: [(0, "a"), (2, "c"), (-1, "c"), (-3, "a")])
  func index(_ index: Int, _ text: String) throws {
    #expect(try List(texts: ["a", "b", "c"]).element(at: index).plainText == text)
  }

  @Test(
    "an index outside the list is an error",
    arguments: [
      (3, 3, "the index must be from -3 to 2, but is 3"),
      (3, -4, "the index must be from -3 to 2, but is -4"),
      (3, Int.min, "the index must be from -3 to 2, but is -9223372036854775808"),
      (0, 0, "the index must be within the list, but is 0 and the list is empty"),
    ])
  func outOfRange(_ count: Int, _ index: Int, _ message: String) {
    let list = List(texts: repeatElement("x", count: count))
    let error = #expect(throws: ValueError.self) { try list.element(at: index) }
    #expect(error?.message == message)
  }

  @Test(
    "a slice has both ends, negative ones counted from the end",
    arguments: [
      (0, 2, "abc"), (1, nil, "bcd"), (nil, 2, "abc"), (0, -1, "abcd"), (-2, -1, "cd"),
      (2, 1, ""), (4, 9, ""), (1, 9, "bcd"), (-9, 0, "a"), (Int.min, Int.max, "abcd"),
      (nil, nil, "abcd"),
    ] as [(Int?, Int?, String)])
  func slice(_ lower: Int?, _ upper: Int?, _ text: String) {
    let slice = List(texts: ["a", "b", "c", "d"]).slice(from: lower, through: upper)
    #expect(slice.elements.map(\.plainText).joined() == text)
    #expect(slice.depth == 1)
  }

  @Test("filtering keeps the order and the depth of what is left")
  func filtered() throws {
    let list = try List([.int(1), .list(List()), .int(2)])
    let kept = list.filtered { $0.kind == .int }
    #expect(Value.list(kept).json() == "[1,2]")
    #expect(list.depth == 2)
    #expect(kept.depth == 1)
  }
}

/// Makes right scripts by chance, with any layout that the grammar allows.
struct RandomScript {
  var draw: SplitMix
  private(set) var text = ""
  /// How many more levels may be nested.
  private var depth = 5
  /// Whether a line end is a space here.
  private var joinsLines = false
  private var isTop = true

  private init(seed: UInt64) { draw = .init(seed: seed) }

  /// The script of a seed.
  static func make(seed: UInt64) -> String {
    var maker = RandomScript(seed: seed)
    maker.statements(1 + maker.below(6))
    return maker.text
  }

  // MARK: Chance

  mutating func below(_ count: Int) -> Int { Int(draw.next() % UInt64(count)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick(_ choices: String...) -> String { choices[below(choices.count)] }
  mutating func put(_ piece: String) { text += piece }

  // MARK: Layout

  /// What must stand between two words.
  mutating func gap() {
    switch below(30) {
    case 0...21: put(" ")
    case 22, 23: put(pick("   ", "\t"))
    case 24,
      25 where !joinsLines:
      put(pick(" \\\n", " \\\n  # between\n  ", "  \\\n\t "))
    case _ where joinsLines: lineInside()
    default: put(" ")
    }
  }

  /// What may stand next to a bracket or a comma.
  mutating func loose() {
    if chance(70) { return }
    if joinsLines, chance(60) { return lineInside() }
    put(" ")
  }

  private mutating func lineInside() {
    put(pick("\n", "\n  ", " # why\n", "\n\n   ", "\n # own\n # two\n ", " # a\n\n  # b\n"))
  }

  /// What may stand behind an operator, a pipe or a comma.
  mutating func lineBehind() { chance(85) ? put(" ") : lineInside() }

  /// Whether more may be nested.
  var isShallow: Bool { depth > 0 }

  /// Puts what stands in brackets.
  mutating func nested(_ joins: Bool, _ body: (inout Self) -> Void) {
    let saved = (joinsLines, isTop)
    (joinsLines, isTop) = (joins, false)
    depth -= 1
    body(&self)
    depth += 1
    (joinsLines, isTop) = saved
  }

  // MARK: Statements

  mutating func statements(_ count: Int) {
    for place in 0..<count {
      if place > 0 {
        put(
          pick("\n", "\n", "\n\n\n", ";", " ; ", " # end\n", "\n# own\n", "\n\n # own\n\n", "\r\n"))
      }
      if chance(10) { put(pick("  ", "\t", "# first\n", "\n")) }
      statement()
    }
    if chance(20) { put(pick("\n", ";", " # last\n", "\n\n# last\n", "  \n")) }
  }

  private mutating func statement() {
    switch below(isTop ? 22 : 18) {
    case 0...3: put("let "); name(); put(" = "); body()
    case 4, 5: name(); put(" = "); body()
    case 6: put("return"); if chance(70) { gap(); body() }
    case 7: put(pick("break", "continue", "exit 3", "exit"))
    case 8: put("fail "); argument()
    case 9: put("while "); expression(); block()
    case 10: put("defer"); block()
    case 11: assertion()
    case 18: put(pick("limit changes 3", "limit  destroy $n", "use \"a.waggle\""))
    case 19: parameter()
    case 20, 21: function()
    default: body()
    }
  }

  private mutating func assertion() {
    put("assert ")
    expression()
    guard chance(60) else { return }
    put(",")
    lineBehind()
    expression()
  }

  private mutating func parameter() {
    put("param ")
    name()
    if chance(50) { put(pick(":int", ": text", " : list")) }
    if chance(50) { put(" = "); argument() }
    if chance(50) { gap(); put(pick("\"Help\"", "'it''s'", "\"a \\\"b\\\"\"")) }
  }

  private mutating func function() {
    if chance(40) { put(pick("\n# Help.\n", "\n# Help,\n#  more.  \n", "\n# none\n\n")) }
    put("def ")
    name()
    put("(")
    nested(true) { it in
      let count = it.below(4)
      for place in 0..<count {
        it.loose()
        it.name()
        if it.chance(20) {
          it.put("...")
        } else if it.chance(30) {
          it.put(it.pick(": int", ":text = a", " = 3"))
        }
        if place < count - 1 || it.chance(20) { it.loose(); it.put(",") }
      }
      it.loose()
    }
    put(")")
    block()
  }

  mutating func block() {
    gap()
    put("{")
    nested(false) { it in
      it.put(it.pick("", " ", " ", "\n", "\n  ", " # open\n", "\n\n"))
      if it.depth > 0, it.chance(90) { it.statements(1 + it.below(3)) }
      it.put(it.pick("", " ", "\n", " # close\n", "\n# close\n", "\n\n"))
    }
    put("}")
  }

  // MARK: Bodies

  mutating func body() {
    guard depth > 0, chance(25) else { return pipeline() }
    switch below(6) {
    case 0: choice()
    case 1: loop()
    case 2: attempt()
    case 3:
      put("retry 3"); if chance(50) { put(pick(" every 2s", "  backoff 1.5  every $d")) }; block()
    case 4: put("timeout "); argument(); block()
    default: put("step "); argument(); block()
    }
  }

  private mutating func choice() {
    put("if "); expression(); block()
    while chance(30) { put(pick(" else if ", "else  if ")); expression(); block() }
    if chance(40) { put(pick(" else", "else")); block() }
  }

  private mutating func loop() {
    put("for "); name()
    if chance(30) { put(","); lineBehind(); name() }
    put(" in "); expression()
    if chance(30) { gap(); put("parallel "); argument() }
    if chance(30) { gap(); put("keep-going") }
    block()
  }

  private mutating func attempt() {
    put("try"); block()
    if chance(60) { put(" catch"); if chance(60) { put(" "); name() }; block() }
  }

  mutating func pipeline() {
    if chance(40) { expression(leads: true) } else { command(isFirst: true) }
    while chance(30) {
      chance(80) || !joinsLines ? put(pick(" ", "", "\n", "\n # between\n\n  ")) : loose()
      put("|")
      lineBehind()
      command(isFirst: false)
    }
  }
}

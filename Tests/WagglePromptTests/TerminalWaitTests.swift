import Testing

@Suite("waits on a terminal", .serialized)
struct TerminalWaitTests {
  @Test("500 waits have one line, and Ctrl-C ends them all")
  func manyWaits() throws {
    let terminal = try Pseudoterminal(["--sandbox", "--instances", "500"])
    try terminal.expect("sandbox> ")
    terminal.type("for b in (bees) parallel 500 { wait $b until name == x timeout 1h }\r")
    try terminal.expect(" · 500 waits · ")
    terminal.type("\u{3}")
    try terminal.expect("stopping · ")
    try terminal.expect("interrupted\r\nsandbox> ")
  }

  @Test("Ctrl-\\ says why a wait goes on; it leaves one line", arguments: [80, 40] as [UInt16])
  func whyItWaits(columns: UInt16) throws {
    let terminal = try Pseudoterminal(columns: columns)
    try terminal.expect("sandbox> ")
    terminal.type("wait [instance_1, instance_2] until name == x timeout 1h\r")
    try terminal.expect("waiting ")
    try terminal.expect("left")
    try terminal.expect("] ")
    terminal.resize(columns: 40)
    terminal.type("\u{1C}")
    try terminal.expect("wait: 0 of 2 there")
    try terminal.expect("name == x")
    try terminal.expect("name is `")
    terminal.resize(columns: 120)
    try terminal.expect("waiting ")
    terminal.type("\u{3}")
    try terminal.expect("interrupted\r\nsandbox> ")
    terminal.type("why\r")
    try terminal.expect("stopped after")
    try terminal.expect("name is `")
    try terminal.expect("sandbox> ")
  }

  @Test("what is typed while a wait runs is not shown, however often it is asked why")
  func typedAhead() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("wait [instance_1, instance_2] until name == x timeout 1h\r")
    try terminal.expect("waiting ")
    var shown = ""
    for _ in 0..<2 {
      terminal.type("qqq\u{1C}")
      shown += try terminal.expect("wait: 0 of 2 there")
    }
    shown += try terminal.expect("waiting ")
    #expect(!shown.contains("qqq") && !shown.contains("^\\"))
    terminal.type("\u{3}")
    try terminal.expect("interrupted\r\nsandbox> ")
    terminal.type("print seen\r")
    try terminal.expect("print seen\r\nseen\r\nsandbox> ")
  }

  @Test("a script leaves the terminal as it was", arguments: ["\u{3}", "\u{3}\u{3}"])
  func echo(keys: String) throws {
    let terminal = try Pseudoterminal([
      "--sandbox", "-c", "wait instance_1 until name == x timeout 1h",
    ])
    try terminal.expect("waiting ")
    #expect(!terminal.hasEcho)
    terminal.type(keys)
    #expect(try terminal.finish() == 130)
    #expect(terminal.hasEcho)
  }

  @Test("a question has the terminal's echo, with a wait open beside it")
  func questionBesideWait() throws {
    let terminal = try Pseudoterminal([
      "--sandbox", "-c",
      #"""
      for job in [wait, ask] parallel 2 {
          if $job == wait { wait instance_1 until name == x timeout 1h } else {
              sleep 500ms
              print (ask who "who?")
          }
      }
      """#,
    ])
    try terminal.expect("waiting ")
    try terminal.expect("who? ")
    #expect(terminal.hasEcho)
    terminal.type("ada\r")
    try terminal.expect("ada\r\nada\r\nwaiting ")
    #expect(!terminal.hasEcho)
  }
}

import Foundation
import Glibc
import Testing

@Suite("the prompt on a terminal", .serialized)
struct PseudoterminalTests {
  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "waggle-home-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test("a line runs, ↑ brings it back, Ctrl-R finds it, Ctrl-D leaves")
  func history() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("print 1$(4 / 2)3\r")
    try terminal.expect("123\r\nsandbox> ")
    terminal.type("print other\r")
    try terminal.expect("\nother\r\nsandbox> ")
    terminal.type("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("123\r\nsandbox> ")
    terminal.type("\u{12}oth\r")
    try terminal.expect("\nother\r\n")
    try terminal.expect("sandbox> ")
    terminal.type("\u{4}")
    #expect(try terminal.finish() == 0)
  }

  @Test("the history is kept for the next prompt, for its owner alone, without secrets")
  func historyFile() throws {
    let home = try folder()
    for (line, shown) in [("print first", "\nfirst"), ("print second", "\nsecond")] {
      let terminal = try Pseudoterminal(environment: ["HOME": home])
      try terminal.expect("sandbox> ")
      terminal.type(line + "\r")
      try terminal.expect(shown + "\r\nsandbox> ")
      terminal.type("let k = secret \"quietquiet\"\r")
      try terminal.expect("sandbox> ")
      terminal.type("\u{4}")
      #expect(try terminal.finish() == 0)
    }
    let path = home + "/.local/state/waggle/history"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "print first\nprint second\n")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(stat(home + "/.local/state/waggle", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
    let terminal = try Pseudoterminal(environment: ["HOME": home])
    try terminal.expect("sandbox> ")
    terminal.type("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("\nfirst")
  }

  @Test("Tab completes a word, lists the choices, and knows fields and ids")
  func completion() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("let bees = insta\tli\t\r")
    try terminal.expect("sandbox> ")
    terminal.type("$bees | where isT\t== true | coun\t\r")
    try terminal.expect("\n0\r\nsandbox> ")
    terminal.type("$bees | map st\t")
    try terminal.expect("statusEnteredAt")
    terminal.type("\u{3}")
    try terminal.expect("^C\r\nsandbox> ")
    terminal.type("instances get scout-2\t | map id\u{3}")
    try terminal.expect("instance_3")
  }

  @Test("an unfinished line goes on, and Ctrl-C gives it up")
  func continuation() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("for x in 1..2 {\r")
    try terminal.expect("…> ")
    terminal.type("print \"n$x\"\r")
    try terminal.expect("…> ")
    terminal.type("}\r")
    try terminal.expect("n1\r\nn2\r\nsandbox> ")
    terminal.type("print (\r")
    try terminal.expect("…> ")
    terminal.type("\u{3}")
    try terminal.expect("sandbox> ")
    terminal.type("print on\r")
    try terminal.expect("\non\r\n")
  }

  @Test("a paste is one entry, its control characters left out, and waits for Enter")
  func paste() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type(
      "\u{1B}[200~let a = 4\u{3}1\rfor n in [1] {\r\tprint \"pasted $($a + $n)\"\r}\r\u{1B}[201~")
    try terminal.expect("}")
    terminal.type(" \r")
    let shown = try terminal.expect("pasted 42\r\n")
    #expect(!shown.contains("…> "))
  }

  @Test("Ctrl-C stops what runs, runs what was deferred, and keeps the prompt")
  func interrupt() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("let before = 7\r")
    try terminal.expect("sandbox> ")
    terminal.type("print st$(\"art\"); defer { print la$(\"ter\") }; sleep 1h\r")
    try terminal.expect("start")
    terminal.type("\u{3}")
    try terminal.expect("later")
    try terminal.expect("interrupted")
    try terminal.expect("sandbox> ")
    terminal.type("print \"it is $before\"\r")
    try terminal.expect("\nit is 7\r\n")
  }

  @Test("Ctrl-C ends a stream and keeps the prompt")
  func interruptedStream() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("let agent = agents list | find status == active\r")
    try terminal.expect("sandbox> ")
    terminal.type("tasks events (tasks create $agent \"[hang]\")\r")
    try terminal.expect("chat_message")
    terminal.type("\u{3}")
    try terminal.expect("interrupted")
    try terminal.expect("sandbox> ")
    terminal.type("print \"it is $agent.status\"\r")
    try terminal.expect("\nit is active\r\n")
  }

  @Test("a resized terminal is written to as wide as it is now")
  func resize() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.resize(columns: 40)
    try terminal.expect("sandbox> ")
    terminal.type("bees\r")
    let shown = try terminal.expect("sandbox> ")
    let rows = shown.split(separator: "\r\n").filter { $0.hasPrefix("instance_") }
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.count <= 40 })
  }

  @Test("twenty columns are enough")
  func narrow() throws {
    let terminal = try Pseudoterminal(columns: 20)
    try terminal.expect("sandbox> ")
    terminal.type("bees\r")
    let shown = try terminal.expect("sandbox> ")
    let rows = shown.split(separator: "\r\n").filter { $0.hasPrefix("instance_") }
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.count <= 20 })
    terminal.type("help wait\r")
    let page = try terminal.expect("sandbox> ")
    #expect(page.contains("condition holds for\r\n"))
  }

  @Test("Ctrl-Z stops the program, at the prompt and while a line runs, and it goes on")
  func suspend() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("print ha")
    try terminal.expect("ha")
    terminal.type("\u{1A}")
    #expect(terminal.waitForStop())
    kill(terminal.process, SIGCONT)
    try terminal.expect("print ha")
    terminal.type("lf\r")
    try terminal.expect("\nhalf\r\nsandbox> ")
    terminal.type("print st$(\"art\"); sleep 1h\r")
    try terminal.expect("start")
    terminal.type("\u{1A}")
    #expect(terminal.waitForStop())
    kill(terminal.process, SIGCONT)
    terminal.type("\u{3}")
    try terminal.expect("interrupted")
  }

  @Test("Ctrl-\\ ends neither the prompt nor what runs")
  func quit() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("\u{1C}print st$(\"art\"); sleep 1h\r")
    try terminal.expect("start")
    terminal.type("\u{1C}")
    try terminal.expect("still running: Ctrl-C stops it\r\n")
    terminal.type("\u{3}")
    try terminal.expect("interrupted\r\nsandbox> ")
  }

  @Test("a terminal that is closed while a line runs lets it clean up")
  func hangUpWhileRunning() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("defer { print la$(\"ter\") }; print st$(\"art\"); sleep 1h\r")
    try terminal.expect("start")
    terminal.hangUp()
    try terminal.expect("later")
    #expect(try terminal.finish() == 128 + SIGHUP)
  }

  @Test("Ctrl-C at a question of several rounds asks no further one")
  func interruptedQuestion() throws {
    let home = try folder()
    let config = home + "/.config/waggle"
    try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: config + "/config.toml", contents: Data("[profiles.prod]\nproduction = true\n".utf8),
      attributes: [.posixPermissions: 0o600])
    let terminal = try Pseudoterminal(environment: ["HOME": home])
    try terminal.expect("sandbox> ")
    terminal.type("profile prod\r")
    try terminal.expect("sandbox:prod> ")
    for line in ["bees | destroy", "for i in 1..8 parallel 8 { print (confirm \"[y/N, a]?\") }"] {
      terminal.type(line + "\r")
      try terminal.expect("\n")
      try terminal.expect("[y/N, a")
      terminal.type("\u{3}")
      let shown = try terminal.expect("sandbox:prod> ")
      #expect(shown.contains("interrupted") && !shown.contains("[y/N, a"), "\(shown)")
    }
  }

  @Test("a pager that is not there leaves the result on the screen")
  func noPager() throws {
    let terminal = try Pseudoterminal(environment: ["PAGER": "no-such-pager"], rows: 10)
    try terminal.expect("sandbox> ")
    terminal.type("(bees)[0]\r")
    try terminal.expect("scout-2")
    try terminal.expect("sandbox> ")
  }

  @Test("a terminal that is closed ends it")
  func hangUp() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.hangUp()
    #expect(try terminal.finish() == 128 + SIGHUP)
  }

  @Test(
    "without a terminal that can move its cursor it is a plain reader", arguments: ["dumb", ""])
  func dumb(kind: String) throws {
    let terminal = try Pseudoterminal(environment: ["TERM": kind])
    try terminal.expect("sandbox> ")
    terminal.type("print (\n")
    try terminal.expect("…> ")
    terminal.type("[1, 2] | count)\n")
    try terminal.expect("\n2\r\nsandbox> ")
    terminal.type("abc\u{3}")
    try terminal.expect("sandbox> ")
    terminal.type("print on\n")
    let shown = try terminal.expect("\non\r\n")
    #expect(!shown.contains("["))
    terminal.type("\u{4}")
    #expect(try terminal.finish() == 0)
  }

  @Test("a result longer than the screen goes through the pager, a shorter one does not")
  func pager() throws {
    let terminal = try Pseudoterminal(environment: ["PAGER": "sed s/^/paged:/"], rows: 10)
    try terminal.expect("sandbox> ")
    terminal.type("bees\r")
    #expect(!(try terminal.expect("sandbox> ")).contains("paged:"))
    terminal.type("(bees)[0]\r")
    try terminal.expect("paged:id")
    try terminal.expect("sandbox> ")
  }

  @Test("the newest line that begins alike is offered, and → takes it")
  func hint() throws {
    let terminal = try Pseudoterminal(environment: ["NO_COLOR": ""])
    try terminal.expect("> ")
    terminal.type("print \"a long line\"\r")
    try terminal.expect("\na long line\r\nsandbox> ")
    terminal.type("prin\u{1B}[C\r")
    try terminal.expect("\na long line\r\n")
  }

  @Test("without a key it is the sandbox, and says so")
  func withoutKey() throws {
    let terminal = try Pseudoterminal([], columns: 200)
    try terminal.expect("no API key is set (BEEOS_API_KEY, or")
    try terminal.expect("sandbox> ")
    terminal.type("status\r")
    try terminal.expect("key      none")
  }

  @Test("with a key the prompt names the API, and shows the key's beginning only")
  func withKey() throws {
    let key = "oag_" + String(repeating: "0123456789abcdef", count: 4)
    let terminal = try Pseudoterminal([], environment: ["BEEOS_API_KEY": key], columns: 200)
    try terminal.expect("https://openapi.beeos.ai")
    try terminal.expect("beeos> ")
    terminal.type("status\r")
    try terminal.expect("oag_01234567… (BEEOS_API_KEY)")
  }

  @Test("vi keys of ~/.editrc work, and Tab and pastes beside them")
  func viKeys() throws {
    let home = try folder()
    try "bind -v\n".write(toFile: home + "/.editrc", atomically: true, encoding: .utf8)
    let terminal = try Pseudoterminal(environment: ["HOME": home])
    try terminal.expect("sandbox> ")
    terminal.type("print one two\u{1B}bcwthree\r")
    try terminal.expect("\none three\r\nsandbox> ")
    terminal.type("print \u{1B}[200~pa\rsted\u{1B}[201~\u{1B}0x\u{1B}ip\r")
    try terminal.expect("sandbox> ")
    terminal.type("let x = instanc\tli\t| coun\t\rprint \"it is $x\"\r")
    try terminal.expect("\nit is 3\r\n")
  }

  @Test("wide characters are typed, erased and printed")
  func wideCharacters() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("print 蜂🐝x\u{7F}\u{7F}é\r")
    try terminal.expect("\n蜂é\r\n")
  }

  @Test("a paste of many lines is taken whole")
  func longPaste() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    let lines = (0..<2_000).map { "let v\($0) = \($0)\r" }.joined()
    terminal.type("\u{1B}[200~" + lines + "print \"sum $($v1999 + 1)\"\u{1B}[201~")
    try terminal.expect("1)\"")
    terminal.type("\r")
    try terminal.expect("\nsum 2000\r\n")
  }

  @Test("the end of the input in the middle of an entry gives up the entry, not the prompt")
  func endInEntry() throws {
    let terminal = try Pseudoterminal()
    try terminal.expect("sandbox> ")
    terminal.type("print (\r")
    try terminal.expect("…> ")
    terminal.type("\u{4}")
    try terminal.expect("expected a command or a value")
    try terminal.expect("sandbox> ")
    terminal.type("\u{4}")
    #expect(try terminal.finish() == 0)
  }
}

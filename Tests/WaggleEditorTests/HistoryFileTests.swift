import Glibc
import Testing
import WaggleEditor

@Suite("the history that prompts share")
struct HistoryFileTests {
  /// A path in a fresh folder.
  static func path() -> String {
    var template = Array("/tmp/waggle-history-XXXXXX".utf8CString)
    guard let folder = mkdtemp(&template) else { return "/nonexistent/history" }
    return String(cString: folder) + "/history"
  }

  @Test("what was added is read back in order, many lines and backslashes included")
  func roundTrip() throws {
    let file = HistoryFile(path: Self.path())
    let entries = ["bees", "for b in $bees {\n  start $b\n}", "print \"a\\nb\"", "☃ \\", "\\n"]
    for entry in entries { try file.append(entry) }
    #expect(try file.load() == entries)
  }

  @Test("there is no history before the first entry")
  func missing() throws {
    #expect(try HistoryFile(path: Self.path()).load() == [])
  }

  @Test("only its owner may read it, even where it was readable before")
  func mode() throws {
    let path = Self.path()
    let file = open(path, O_CREAT | O_WRONLY, 0o644)
    close(file)
    try HistoryFile(path: path).append("bees")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test("a folder in its place is said and nothing is lost")
  func folder() throws {
    let path = Self.path()
    mkdir(path, 0o700)
    #expect(throws: HistoryFile.Trouble.self) { try HistoryFile(path: path).append("bees") }
    #expect(throws: HistoryFile.Trouble.self) { _ = try HistoryFile(path: path).load() }
  }

  @Test("a million lines are cut to the newest, and both prompts go on adding")
  func million() throws {
    let path = Self.path()
    let handle = try #require(fopen(path, "w"))
    for number in 0..<1_000_000 { fputs("print \(number)\n", handle) }
    fclose(handle)
    let (one, other) = (HistoryFile(path: path), HistoryFile(path: path))
    let loaded = try one.load()
    #expect(loaded.count == HistoryFile.mostEntries)
    #expect(loaded.last == "print 999999")
    try other.append("bees")
    try one.append("vars")
    #expect(try other.load().suffix(3) == ["print 999999", "bees", "vars"])
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_size < 1 << 20)
  }
}

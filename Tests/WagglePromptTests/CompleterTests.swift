import Testing
import WaggleCatalogue
import WaggleCheck
import WaggleEditor
import WaggleSyntax
import WaggleText
import WaggleValues

@testable import WaggleHost

@Suite("what Tab offers")
struct CompleterTests {
  /// A session in which `$bees` is a list of instances, `$bee` one, `$n` a number, and `idle` a
  /// function; two instances were seen, and a folder has three files.
  static func knowledge() -> Completer.Knowledge {
    let session = Session()
    enter("let bees = instances list", session)
    enter("let bee = ($bees)[0]", session)
    enter("let n = 3", session)
    enter("def idle(hours: int = 1) { return $n }", session)
    var seen = SeenRecords(.beeOS)
    for (id, name) in [("instance_7", "scout-7"), ("instance_12", "smith two")] {
      let pairs: [(key: String, value: Value)] = [
        ("id", .text(id)), ("name", .text(name)), ("status", .text("running")),
      ]
      if let record = try? Record(pairs, type: .instance) { seen.note(.record(record)) }
    }
    return Completer.Knowledge(
      catalogue: .beeOS, session: session, seen: seen,
      environment: { ["HOME", "PATH"] },
      files: { $0 == "" || $0 == "./" ? ["fleet.waggle", "lib/", "my notes.txt", ".env"] : [] })
  }

  static func enter(_ line: String, _ session: Session) {
    var sources = SourceMap()
    let source = Source(name: "prompt", text: line + "\n")
    let script = Parser.parse(source, id: sources.add(source), mode: .prompt).script
    _ = Checker.check(script, mode: .shown, catalogue: .beeOS, session: session)
  }

  /// What is offered at the end of a line, in the order shown.
  static func offered(_ line: String) -> [String] {
    Completer.complete(line, line.utf8.count, knowledge()).candidates.map(\.text)
  }

  @Test(
    "the word at the cursor is completed",
    arguments: [
      // commands
      ("insta", ["instances"]),
      ("so", ["sort"]),
      ("$bees | wh", ["where"]),
      ("$bees | le", []),
      ("for b in $bees { rest", ["restart"]),
      ("let x = dep", ["deploy"]),
      ("($bees | cou", ["count"]),
      ("id", ["idle"]),
      ("wa", ["wait"]),
      ("instances de", ["deploy", "destroy", "device-info"]),
      ("var", ["vars"]),
      ("print x; var", []),
    ] as [(String, [String])])
  func commands(line: String, words: [String]) {
    #expect(Self.offered(line) == words)
  }

  @Test(
    "fields are those of the type that the checker knows at that place",
    arguments: [
      (
        "$bees | where st",
        ["status", "startedAt", "stoppedAt", "statusEnteredAt"]
      ),
      ("$bees | where not isT", ["isTrial"]),
      ("$bees | sort createdA", ["createdAt"]),
      ("$bees | map na", ["name"]),
      ("$bees | select id stat", ["status", "statusEnteredAt"]),
      ("$bee.conn", ["connectivity", "connectivityReason", "connectivityUpdatedAt"]),
      ("print \"$bee.endp", ["endpoint"]),
      ("print \"it is ${bee.endp", ["endpoint"]),
      ("print \"$(instances get x).endp", []),
      ("(instances list)[0].publ", ["publicIp"]),
      ("for b in $bees { print $b.reg", ["region"]),
      ("if $bee.isT", ["isTrial"]),
      ("instances list | where (age .startedA", ["startedAt"]),
      ("wait $bee until re", ["ready", "region"]),
      ("wait $bee until desi", ["desiredStatus"]),
      ("$bees | where status == running and os", ["osType"]),
      ("let r = {port: 1, host: a}; $r.po", ["port"]),
      ("$n.x", []),
      ("$env.PA", ["PATH"]),
    ] as [(String, [String])])
  func fields(line: String, names: [String]) {
    #expect(Self.offered(line) == names)
  }

  @Test(
    "where values are known, they are offered",
    arguments: [
      ("instances list --status ru", ["running"]),
      ("instances list --status=st", ["stopped"]),
      (
        "$bees | where status == ", ["pending", "provisioning", "running", "stopped", "terminated"]
      ),
      ("$bees | where status in [pending, pr", ["provisioning"]),
      ("$bees | where status == \"ru", ["running"]),
      ("wait $bees until status == ru", ["running"]),
      ("$bees | where osType != a", ["android"]),
      ("start inst", ["instance_12", "instance_7"]),
      ("instances get sc", ["instance_7"]),
      ("instances get s", ["instance_12", "instance_7"]),
      ("$bees | where name == sm", ["'smith two'"]),
      ("$bees | where name == \"sm", ["smith two"]),
      ("to js", ["json"]),
      ("limit des", ["destroy"]),
    ] as [(String, [String])])
  func values(line: String, values: [String]) {
    #expect(Self.offered(line) == values)
  }

  @Test(
    "variables are those in sight",
    arguments: [
      ("start $be", ["$bee", "$bees"]),
      ("for b in $bees { start $b", ["$b", "$bee", "$bees"]),
      ("print \"hello $be", ["$bee", "$bees"]),
      ("print ${be", ["bee", "bees"]),
      ("print 'hello $be", []),
      ("forget b", ["bee", "bees"]),
    ] as [(String, [String])])
  func variables(line: String, names: [String]) {
    #expect(Self.offered(line) == names)
  }

  @Test(
    "options are those of the command that are not given yet",
    arguments: [
      ("instances list --s", ["--status", "--search"]),
      ("instances list --status running --s", ["--search"]),
      ("deploy --variant", ["--variant-id"]),
      ("deploy --variant-", ["--variant-id"]),
      (
        "bees --",
        [
          "--page-size", "--status", "--provider-id", "--agent-framework", "--cluster-id",
          "--search",
          "--limit", "--page",
        ]
      ),
      ("print --x", []),
    ] as [(String, [String])])
  func options(line: String, names: [String]) {
    #expect(Self.offered(line) == names)
  }

  @Test("an argument that cannot be guessed shows the options")
  func noArgument() {
    #expect(Self.offered("deploy ").prefix(2) == ["--variant-id", "--agent-framework"])
  }

  @Test(
    "words that go on from a command are offered where the line cannot be read yet",
    arguments: [
      ("wait $bees unt", ["until"]),
      ("wait $bee until ready tim", ["timeout"]),
      ("$bees | sort name de", ["desc"]),
      ("for b i", ["in"]),
    ] as [(String, [String])])
  func following(line: String, words: [String]) {
    #expect(Self.offered(line) == words)
  }

  @Test(
    "the prompt's own commands complete what they take",
    arguments: [
      ("help inst", ["instances"]),
      ("help instances dep", ["deploy"]),
      ("help lang", ["language"]),
      ("save fl", ["fleet.waggle"]),
      ("save ./l", ["./lib/"]),
      ("save .e", [".env"]),
      ("save my", ["'my notes.txt'"]),
    ] as [(String, [String])])
  func session(line: String, words: [String]) {
    #expect(Self.offered(line) == words)
  }

  @Test(
    "nothing is offered in comments, and no line is too broken to ask",
    arguments: [
      "# instances li", "print a # b", "\"", "\"\"\"", "'", "((((", "{ { [", "$", "$(", "${", "--",
      "|",
      "| |", "let", "let x =", "= =", ")", "]]]", "é", "\u{1F41D} ", ".", "...", "$bees | where",
    ])
  func broken(line: String) {
    for end in line.indices {
      _ = Self.offered(String(line[..<end]))
    }
    _ = Self.offered(line)
    #expect(!line.hasPrefix("#") || Self.offered(line).isEmpty)
  }

  @Test("a last result is a variable, and its fields are known")
  func lastResult() {
    let knowledge = Self.knowledge()
    Self.enter("instances list", knowledge.session)
    knowledge.session.ended(withResult: true)
    let offered = { (line: String) in
      Completer.complete(line, line.utf8.count, knowledge).candidates.map(\.text)
    }
    #expect(offered("| where connectivityR") == ["connectivityReason"])
    #expect(offered("$_ | map provid") == ["providerId", "providerConfig"])
    #expect(offered("print $_") == ["$_"])
  }

  // How long it takes is measured by scripts/bench keys.
  @Test("a line of 4 KB is completed among 500 variables")
  func long() {
    let knowledge = Self.knowledge()
    for number in 0..<500 { Self.enter("let v\(number) = $bees", knowledge.session) }
    let line = String(repeating: "print $bees; ", count: 300) + "$bees | where st"
    #expect(Completer.complete(line, line.utf8.count, knowledge).candidates.count == 4)
  }
}

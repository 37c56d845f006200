import Testing
import WaggleText

@testable import WaggleCheck

/// Everything that the checker says of calls, on other types than Instance.
@Suite("What an operation is given by place and by name")
struct OperationPlacesTests {
  @Test(
    "a call that is right is left alone",
    arguments: [
      "tasks get a b", "tasks create a hello", "tasks create a --message hello",
      "let t = tasks create a hello; tasks get $t",
      "let t = tasks create a hello; tasks list | first | tasks get",
      "tasks list | tasks get | where status == completed",
      "let t = tasks create a hello; let h = tasks add-webhook $t https://x.example; "
        + "tasks deliveries $t $h",
      "let c = conversations create a; conversations send $c hello",
      "conversations send a b hello", "conversations set-model a b null",
      "let c = conversations create a; conversations set-model $c null",
      "let g = agents list | first; runtime operations $g",
      "let g = agents list | first; tasks list --agent-id $g --instance-id instance_1",
      "invoke a hi --timeout-ms 20s", "invoke a hi --timeout-ms 20000",
      "invoke a hi --attachments [(files get f)]", "invoke a hi --attachments [{file_id: f}]",
      "mobile tap p 1 2", "mobile tap p 1 --y 2", "mobile key p [KEYCODE_HOME]",
      "computer scroll p down", "computer scroll p 'sideways'",
      "runtime call p skills/list", "runtime call p skills/list --params {a: 1}",
      "runtime operations p", "for t in (tasks list) { tasks cancel $t --reason done }",
      "agents update a --visibility public", "agents update a --body {mcpEnabled: true}",
      "def f(t) { tasks get $t }; f x",
      "def f(b: record) { agents list --instance-id $b }; f (bees | first)",
      "let t = tasks create a hi; wait $t until status == failed",
    ])
  func right(_ text: String) {
    let found = Checked(text, mode: .shown).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.message) == [])
  }

  @Test(
    "a call that is wrong is refused before anything runs",
    arguments: [
      ("tasks get", "missing-argument: `tasks get` needs AGENT"),
      ("tasks get a", "missing-argument: `tasks get` needs TASK"),
      ("tasks get a b c", "too-many-arguments: `tasks get` takes 2 arguments"),
      (
        "let t = tasks create a hi; tasks get $t b",
        "too-many-arguments: `tasks get` takes 2 arguments"
      ),
      (
        "let g = agents get a; tasks get $g",
        "missing-argument: `tasks get` needs TASK"
      ),
      (
        "let b = instances get b; agents get $b",
        "wrong-type: AGENT is text, `Agent`, `Task`, `TaskCreated`, `TaskSummary` or "
          + "`Conversation`, not an Instance"
      ),
      ("agents get 5.5.5 --x 1", "unknown-option: `agents get` has no option `--x`"),
      ("tasks create a", "missing-option: `tasks create` needs MESSAGE"),
      ("tasks create a hi --message ho", "second-option: `--message` is given twice"),
      ("tasks list | tasks create a hi", "too-many-arguments: `tasks create` takes 2 arguments"),
      (
        "tasks list --state opened",
        "unknown-value: `opened` is none of the values that are known here"
      ),
      ("tasks list --limit -1", "out-of-limits: `--limit` must be at least 0, but is -1"),
      (
        "tasks create a hi --deadline-ms 8d",
        "out-of-limits: `--deadline-ms` must be from 0s to 7d, but is 8d"
      ),
      ("computer click a 1 b", "wrong-type: `y` must be an int, but is a text"),
      (
        "computer click a 1 2147483648",
        "out-of-limits: `y` must be from -2147483648 to 2147483647, but is 2147483648"
      ),
      (
        "mobile key a []",
        "out-of-limits: `keys` must have exactly 1 element, but has 0"
      ),
      (
        "invoke a hi --attachments [{file: f}]",
        "out-of-limits: `file_id` of `attachments` must be given"
      ),
      (
        "let n = 5; invoke a hi --attachments [{file_id: $n}]",
        "out-of-limits: `file_id` of `attachments` must be a text, but is an int"
      ),
      (
        "invoke a hi --metadata {a: 1.5, b: [x]}",
        "out-of-limits: `b` of `metadata` must be a text, but is a list of text"
      ),
      (
        "runtime operation a b",
        "out-of-limits: `operationId` must be a UUID, but is `b`"
      ),
      (
        "tasks add-webhook a b mail.example",
        "out-of-limits: `url` must be an absolute address of http or https, but is `mail.example`"
      ),
      (
        "agents update a", "missing-option: `agents update` needs `--visibility` or `--mcp-enabled`"
      ),
      (
        "tasks list | map statuss",
        "unknown-field: TaskSummary has no field `statuss`"
      ),
      (
        "let t = tasks get a b; if $t.status == compleet { }",
        "unknown-value: `compleet` is none of the values that are known here"
      ),
    ])
  func wrong(_ text: String, _ first: String) {
    let found = Checked(text, mode: .shown).diagnostics.first { $0.severity == .error }
    #expect((found.map { "\($0.code): \($0.message)" } ?? "") == first)
  }
}

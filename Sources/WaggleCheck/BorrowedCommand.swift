/// Commands of shells and of other tools, which somebody who is new here tries first.
///
/// A script may have a `def` of such a name, so this is asked only where nothing has it.
enum BorrowedCommand {
  /// What to write instead; nil for a word that is not known from elsewhere.
  static func advice(_ word: String) -> String? {
    switch word {
    case "head", "take": "write `first`, or `first 3` for a list"
    case "tail": "write `last`, or `last 3` for a list"
    case "length", "len", "size", "wc": "write `count`"
    case "filter", "grep": "write `where`, as in `$list | where status == running`"
    case "each": "write `map`, or `for x in $list { … }`"
    case "cat": "write `read FILE`"
    case "tee": "write `write FILE` behind the pipe"
    case "date": "write `now`"
    case "printf", "puts", "println": "write `print`"
    case "jq": "fields are read by `$x.name`, lists by `map` and `where`"
    case "quit", "bye": "write `exit`, or press Ctrl-D"
    case "clear", "cls": "Ctrl-L clears the screen"
    case "login", "logout": "that is `waggle \(word)`, typed at the shell"
    case "man": "write `help`, or `help TOPIC`"
    case "ls", "curl", "sed", "awk", "git", "kubectl", "docker", "ssh", "sudo", "rm", "cp", "mv",
      "mkdir", "python", "python3", "bash", "sh":
      "a program is run by `exec \(word) …`"
    default: nil
    }
  }
}

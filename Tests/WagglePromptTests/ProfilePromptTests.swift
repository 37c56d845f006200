import Testing

@testable import WaggleHost

/// Profiles at the prompt: switching, colours, and production that asks.
@Suite struct ProfilePromptTests {
  private static let config = """
    [profiles.prod]
    production = true
    [profiles.audit]
    read-only = true
    [profiles.broken]
    key-command = "true"
    """

  private func play() -> PromptPlay {
    let play = PromptPlay(environment: ["HOME": "$PWD"])
    play.write(Self.config, to: ".config/waggle/config.toml")
    return play
  }

  @Test("`profile` says which one is used, and with a name uses another; the sandbox stays")
  func switches() {
    let shown = play().run([
      "profile", "let a = 1", "profile prod", "print $a", "profile audit", "status",
    ])
    #expect(
      shown == """
        sandbox> profile
        default: the sandbox, a world of its own in this process
        sandbox> let a = 1
        sandbox> profile prod
        prod (production): the sandbox, a world of its own in this process
        sandbox:prod> print $a
        1
        sandbox:prod> profile audit
        audit (read-only): the sandbox, a world of its own in this process
        sandbox:audit> status
          profile  audit (read-only)
          gateway  the sandbox, a world of its own in this process
          key      none
          calls    0

        """)
  }

  @Test("profiles that call with one key share its budget, and keep what was used of it")
  func budget() {
    let shown = play().run(
      [
        "let start = now", "bees | count", "bees | count", "profile prod", "bees | count",
        "profile audit", "bees | count", "print ((now) - $start > 1m) ((now) - $start < 2m)",
        "bees | count", "profile prod", "bees | count", "bees | count",
        "print ((now) - $start > 2m)",
      ], arguments: ["--sandbox", "--instances", "3", "--rate", "3/min"])
    #expect(shown.contains("> print ((now) - $start > 1m) ((now) - $start < 2m)\ntrue true\n"))
    #expect(shown.hasSuffix("> print ((now) - $start > 2m)\ntrue\n"))
  }

  @Test("a profile that is not there, or cannot be read, changes nothing")
  func refusals() {
    let shown = play().run(["profile prd", "profile a b", "profile"])
    #expect(shown.contains("error: there is no profile `prd`\n  help: did you mean `prod`?\n"))
    #expect(shown.contains("error: `profile` is typed: profile [NAME]\n"))
    #expect(shown.hasSuffix("default: the sandbox, a world of its own in this process\n"))
  }

  @Test("in production each call that destroys is asked for, and only a yes sends it")
  func confirms() {
    let lines = ["profile prod", "bees | first 1 | destroy", "bees | count"]
    let declined = play().run(lines, answers: ["n"])
    #expect(declined.contains("was not sent: nobody said yes"))
    #expect(declined.hasSuffix("sandbox:prod> bees | count\n3\n"))
    #expect(play().run(lines, answers: [""]).contains("was not sent: nobody said yes"))
    #expect(play().run(lines, answers: []).contains("was not sent: nobody said yes"))
    let said = play().run(lines, answers: ["maybe", "y"])
    #expect(said.contains("in production (`prod`)? [y/N, a for all of this line] "))
    #expect(said.contains("destroyed"))
  }

  @Test("one answer may hold for all that a line destroys, and for no other line")
  func confirmsLine() {
    let lines = ["profile prod", "bees | first 2 | destroy", "bees | last 1 | destroy"]
    let shown = play().run(lines, answers: ["a", "n"])
    #expect(shown.split(separator: "in production (`prod`)?").count == 3)
    #expect(shown.contains("was not sent: nobody said yes"))
  }

  @Test("a read-only profile changes nothing, and a limit outlives the profile")
  func limits() {
    let shown = play().run([
      "limit changes 1", "bees | first 1 | stop | count", "profile prod",
      "bees | first 1 | start | count", "profile audit", "bees | first 1 | start | count",
    ])
    #expect(shown.contains("it would be change number 2, and the limit is 1"))
    #expect(shown.contains("the profile `audit` is read-only"))
  }
}

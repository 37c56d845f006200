import Testing

@testable import WaggleCheck

@Suite("What a word is in a condition") struct SubjectTests {
  static let conditions: [(condition: String, meaning: String)] = [
    ("isTrial", "%0.isTrial"),
    (".isTrial", "%0.isTrial"),
    ("not isTrial", "not %0.isTrial"),
    ("status == running", "(%0.status == \"running\")"),
    ("status == \"brand new\"", "(%0.status == \"brand new\")"),
    ("status != .desiredStatus", "(%0.status != %0.desiredStatus)"),
    ("status == \"status\"", "(%0.status == \"status\")"),
    ("status == running and not isTrial", "((%0.status == \"running\") and not %0.isTrial)"),
    ("isTrial or isTrial", "(%0.isTrial or %0.isTrial)"),
    ("status in [pending, provisioning]", "(%0.status in [\"pending\", \"provisioning\"])"),
    ("not status in [pending]", "not (%0.status in [\"pending\"])"),
    ("models contains gpt-4o", "(%0.models contains \"gpt-4o\")"),
    ("models[0] == gpt-4o", "(%0.models[0] == \"gpt-4o\")"),
    ("providerConfig.region == x", "(%0.providerConfig.region == \"x\")"),
    ("name == 42", "(%0.name == \"42\")"),
    ("42 == .name", "(\"42\" == %0.name)"),
    ("name == true", "(%0.name == \"true\")"),
    ("name == 1h", "(%0.name == \"1h\")"),
    ("name in [42, 1h]", "(%0.name in [\"42\", \"1h\"])"),
    ("errorMessage != null", "(%0.errorMessage != null)"),
    ("totalRunSeconds > 1_000", "(%0.totalRunSeconds > 1000)"),
    (
      "totalRunSeconds * 2 > totalRunSeconds + 1",
      "((%0.totalRunSeconds * 2) > (%0.totalRunSeconds + 1))"
    ),
    ("(age .startedAt) > 1h", "((age %0.startedAt) > 1h)"),
    ("((now) - .startedAt) > 1h", "(((now) - %0.startedAt) > 1h)"),
    ("createdAt > 2026-05-14T18:00:00Z", "(%0.createdAt > time 2026-05-14T18:00:00Z)"),
    ("name =~ '^a'", "(%0.name =~ \"^a\")"),
    ("(region ?? nowhere) == nowhere", "((%0.region ?? \"nowhere\") == \"nowhere\")"),
    ("capabilities?.x == 3", "(%0.capabilities?.x == 3)"),
  ]

  @Test(arguments: conditions) func ofATypedRecord(_ condition: String, _ meaning: String) {
    let dump = Checked("print (bees | where \(condition))").dump
      .replacing("%0, %1:", with: "%0:")
    #expect(dump == "(print (where (listInstances) [%0: \(meaning)]))")
  }

  @Test func theElementItselfIsADot() {
    #expect(
      Checked("print ([a, b] | where . =~ '^a')").dump
        == "(print (where [\"a\", \"b\"] [%0: (%0 =~ \"^a\")]))")
  }

  @Test func ofARecordOfWhichNothingIsKnownAnyFieldMayBe() {
    #expect(
      Checked("param l: list\nprint ($l | where a.b == c)").dump
        == "param l: list %0\n(print (where %0 [%1: (%1.a.b == \"c\")]))")
  }

  @Test func anInnerConditionHasItsOwnSubject() {
    #expect(
      Checked("print (bees | where (.models | count . == x) > 0)").dump
        == "(print (where (listInstances) [%0: ((count %0.models [%2: (%2 == \"x\")]) > 0)]))")
  }

  @Test func inAWaitGoalsComeBeforeFields() {
    #expect(
      Checked("wait a until ready or gone and status == stopped fail-if settled").dump
        == """
        (wait "a" [%0: (ready(%0) or (gone(%0) and (%0.status == "stopped")))] \
        fail-if settled(%0) (gone))
        """)
    #expect(Checked("wait a until ready").dump == "(wait \"a\" [%0: ready(%0)])")
  }

  @Test func outsideOfAWaitTheyAreFields() {
    #expect(Checked("print (bees | where ready)").codes == ["unknown-field"])
  }
}

import Testing

@testable import WaggleCheck

@Suite("The checker") struct CheckerTests {
  @Test func aRunbookBecomesAProgramOfSlotsCallsAndSubjects() {
    let checked = Checked(
      """
      param region: text = us-east-1   "Region to bring up"
      param many: int = 8              "How many to start at a time"

      let bees = instances list --status stopped | where region == $region
      assert ($bees | count) > 0, "nothing is stopped in $region"

      step "start $($bees | count) scouts" {
          let up = for bee in $bees parallel $many {
              start $bee
              wait $bee until status == running timeout 5m
          }
          let slowest = $up | max startedAt
          print "slowest: $slowest.name"
      }
      """)
    #expect(
      checked.dump == """
        param region: text %0 = "us-east-1"
        param many: int %1 = 8
        %4 = (where (listInstances status: "stopped") [%2: (%2.region == %0)])
        assert ((count %4) > 0), text("nothing is stopped in ", %0)
        step text("start ", (count %4), " scouts") { \
        %13 = for[%9] %10 in %4 parallel %1 taken { \
        (startInstance %10); (wait %10 [%11: (%11.status == "running")] timeout 5m) }; \
        %16 = (max %13 [%14: %14.startedAt]); (print text("slowest: ", %16.name)) }
        """)
  }
}

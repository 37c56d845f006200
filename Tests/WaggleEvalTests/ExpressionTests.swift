import Testing
import WaggleEval
import WaggleText
import WaggleValues

@Suite("Expressions")
struct ExpressionTests {
  @Test(
    "print what language.md says they are",
    arguments: [
      ("1 + 2 * 3 - 4", "3"), ("7 / 2", "3.5"), ("8 / 2", "4"), ("-7 // 2", "-4"), ("-7 % 3", "2"),
      ("7 // 2", "3"), ("-6 // 2", "-3"), ("7 % -3", "-2"), ("7.5 % 2", "1.5"), ("-7 % -3", "-1"),
      ("5000000007 % 10", "7"), ("-5000000007 % 10", "3"), ("-5000000007 // 10", "-500000001"),
      ("(3 + 4) * 2 % 5 - 1", "3"), ("9 % 9223372036854775807", "9"), ("-6 % 3", "0"),
      ("-9 / 3", "-3"), ("-7 / 2", "-3.5"), ("0 / 5", "0"), ("8 / -2", "-4"),
      ("9007199254740993 / 3", "3002399751580331"), ("9007199254740993 / 1", "9007199254740993"),
      ("9223372036854775807 / 2", "4.611686018427388e+18"), ("1 / 3", "0.3333333333333333"),
      ("[1, 2.5, 3] | sum", "6.5"), ("[0.5, 1] | sum", "1.5"), ("[] | sum", "0"),
      ("[1s, 2s] | sum", "3s"),
      ("1.5 + 1", "2.5"), ("2.0", "2.0"), ("1h + 30m", "1h30m"), ("1h / 30m", "2"),
      ("'a' + 'b'", "ab"), ("[1] + [2, 3]", "[1,2,3]"),
      ("{a: 1} + {b: 2, a: 3}", "{\"a\":3,\"b\":2}"),
      ("1 < 2 and 2 < 3", "true"), ("null == 3", "false"), ("null != 3", "true"),
      ("null < 3", "false"), ("null =~ 'a'", "false"), ("null !~ 'a'", "false"),
      ("1 in null", "false"), ("2 in [1, 2]", "true"), ("not 5 in [1, 2]", "true"),
      ("[1, 2] contains 2", "true"), ("'hello' contains ell", "true"),
      ("'hello' =~ '^h.*o$'", "true"),
      ("'hello' !~ 'x'", "true"), ("null ?? 4", "4"), ("0 ?? 4", "0"), ("1 == 1.0", "true"),
      ("1..4", "[1,2,3,4]"), ("4..1", "[]"), ("[1, ...[2, 3], 4]", "[1,2,3,4]"),
      ("{a: 1, ...{b: 2, a: 5}}", "{\"a\":5,\"b\":2}"), ("([1, 2, 3])[-1]", "3"),
      ("([1, 2, 3, 4])[1..2]", "[2,3]"), ("([1, 2, 3])[1..]", "[2,3]"),
      ("([1, 2, 3])[..1]", "[1,2]"),
      ("([1, 2, 3])[0..-1]", "[1,2,3]"), ("([1, 2])[5..9]", "[]"), ("({a: {b: 7}}).a.b", "7"),
      ("({a: {b: {c: 8}}}).a.b.c + ({a: {b: 1}}).a.b", "9"), ("({a: null})?.a", ""),
      ("({a: 1})?.b", ""), ("(null)?.b", ""), ("({'x y': 1})['x y']", "1"),
      ("\"a$(1 + 1)b$(null)c\"", "a2bc"), ("\"[$([1, 'x'])]\"", "[[1,\"x\"]]"),
      ("true or (1 / 0) == 1", "true"), ("null and true", "false"), ("-(3)", "-3"),
      ("'é' == 'é'", "true"), ("'ab' == 'abc'", "false"),
      ("'a text of more than fifteen bytes' == 'a text of more than fifteen bytes'", "true"),
      ("'a text of more than fifteen bytes' == 'a text of more than fifteen bytez'", "false"),
    ])
  func values(_ expression: String, _ text: String) {
    #expect(Play("let x = \(expression)\nprint \"$x\"").story == text + "\n")
  }

  @Test(
    "that do not fit say so",
    arguments: [
      ("1 / 0", "value", "the divisor must be other than zero, but `1 / 0` divides by zero"),
      (
        "9223372036854775807 + $one", "value",
        "the result of `9223372036854775807 + 1` must be within 64 bits, but is larger"
      ),
      ("([1, 2])[$one + 6]", "value", "the index must be from -2 to 1, but is 7"),
      ("$record.colour", "value", "the record has no field `colour`"),
      (
        "$nothing.colour", "value",
        "null has no field `colour`; `?.colour` gives null instead of this error"
      ),
      (
        "$nothing + 1", "value",
        "the sides of `+` must be two numbers, durations, texts, lists or records, or a time and a duration, but are null and int"
      ),
      (
        "1..$many", "memory",
        "a value would need more memory than a run may have; `--memory` says how much that is"
      ),
    ])
  func refusals(_ expression: String, _ kind: String, _ message: String) {
    let play = Play(
      """
      param one: any = 1
      param many: any = 9000000000000000000
      param nothing: any = null
      param record: any = {name: ada}
      let x = \(expression)
      print $x
      """)
    #expect(play.diagnostics == [])
    #expect(play.fault?.kind == kind)
    #expect(play.fault?.message == message)
  }

  @Test("a condition that is no bool names the comparison to write")
  func conditions() {
    func message(_ value: String) -> String? {
      Play("param x: any = \(value)\nif $x { print yes }").fault?.message
    }
    #expect(message("3") == "a condition must be a bool, but is `3`; compare it, as in `… != 0`")
    #expect(
      message("hi") == "a condition must be a bool, but is `hi`; compare it, as in `… != \"\"`")
    #expect(
      message("[1]")
        == "a condition must be a bool, but is a list; compare its size, as in `(… | count) > 0`")
    #expect(Play("param x: any = null\nif $x { print yes } else { print no }").story == "no\n")
  }

  @Test("text made from a secret is a secret, and shows as dots")
  func secrets() {
    let play = Play(
      """
      let key = secret "s3cret-s3cret"
      let all = "Bearer $key"
      print $key $all [$key] (to json {k: $key})
      print (reveal $all) ($key == "s3cret-s3cret")
      """)
    #expect(play.story == "•••• •••• [\"••••\"] ••••\nBearer s3cret-s3cret true\n")
  }

  @Test("a pattern that is none, and one that takes for ever, are errors")
  func patterns() {
    #expect(Play("param p: any = '('\nprint ('a' =~ $p)").fault?.kind == "value")
    let slow = Play(
      "param p: any = '^(a+)+$'\nlet t = for i in 1..40 { 'a' }\nprint (\"$(join $t '')b\" =~ $p)")
    #expect(slow.fault?.kind == "value")
  }

  @Test("an operand is read before what stands to its right changes it")
  func order() {
    #expect(
      Play("let x = 1\ndef bump() { x = $x + 10\n 5 }\nlet y = $x + (bump)\nprint $y $x").story
        == "6 11\n")
    #expect(
      Play("let x = [1]\ndef more() { x = $x + [9]\n [5] }\nx = $x + (more)\nprint $x").story
        == "[1,5]\n")
  }
}

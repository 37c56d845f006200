import Testing
import WaggleEval
import WaggleValues

@Suite("Built-in commands")
struct BuiltinTests {
  /// What the pipelines below work on.
  private static let people = """
    let people = [
      {name: ada, age: 36, city: london}, {name: bob, age: null, city: paris},
      {name: cyd, age: 20, city: london},
    ]

    """

  @Test(
    "work on lists",
    arguments: [
      ("$people | where city == london | map name", "[\"ada\",\"cyd\"]"),
      ("$people | where age > 30 | count", "1"),
      ("$people | count age == null", "1"),
      ("$people | select name age | first", "{\"name\":\"ada\",\"age\":36}"),
      ("($people | first) | select city", "{\"city\":\"london\"}"),
      ("$people | sort age | map name", "[\"cyd\",\"ada\",\"bob\"]"),
      ("$people | sort age desc | map name", "[\"ada\",\"cyd\",\"bob\"]"),
      ("$people | sort city | map name", "[\"ada\",\"cyd\",\"bob\"]"),
      ("[3, 1, 2] | sort desc", "[3,2,1]"),
      ("$people | max age", "{\"name\":\"ada\",\"age\":36,\"city\":\"london\"}"),
      ("($people | min age).name", "cyd"),
      ("[3, 1, 2] | min", "1"), ("[3, null, 5] | max", "5"), ("[] | max", ""),
      (
        "$people | group city",
        """
        {"london":[{"name":"ada","age":36,"city":"london"},{"name":"cyd","age":20,"city":"london"}],\
        "paris":[{"name":"bob","age":null,"city":"paris"}]}
        """
      ),
      ("[1, 2.5, 3] | sum", "6.5"), ("[] | sum", "0"), ("[1h, 30m] | sum", "1h30m"),
      ("$people | where age != null | sum age", "56"),
      ("$people | map name | join ', '", "ada, bob, cyd"),
      ("[1, 2, 3] | first 2", "[1,2]"), ("[1, 2, 3] | last", "3"),
      ("[1, 2, 3] | last 5", "[1,2,3]"),
      ("[] | first", ""), ("{a: 1, b: 2} | count", "2"),
      ("{a: [1, 2.50], b: 'x'} | to json", "{\"a\":[1,2.5],\"b\":\"x\"}"),
      ("('{\"a\": 1.50}' | from json).a", "1.50"),
      ("'[{\"a\": 1.50}, {\"a\": 2}]' | from json | where a > 1 | map .a * 2 | sum", "7.0"),
      ("'[[1, 2], [3]]' | from json | map (count .) | to json", "[2,1]"),
      ("'[]' | from json | map .a | sum", "0"), ("'[7, 8, 9]' | from json | find . > 7", "8"),
      ("'{\"a\": [1, 2]}' | from json | get a | sum", "3"),
      (
        "$people | first 1 | to table",
        "table of [{\"name\":\"ada\",\"age\":36,\"city\":\"london\"}]"
      ),
      ("[b, a] | where . != b", "[\"a\"]"), ("[1, 2, 3] | map . * 2 | where . > 2 | sum", "10"),
    ])
  func values(_ pipeline: String, _ text: String) {
    #expect(Play(Self.people + "let x = \(pipeline)\nprint \"$x\"").story == text + "\n")
  }

  @Test(
    "refuse what they do not take",
    arguments: [
      ("$x | where . == 1", "the input of `where` must be a list, but is `3`"),
      ("$x | map .", "the input of `map` must be a list, but is `3`"),
      ("$x | sum", "the input of `sum` must be a list, but is `3`"),
      ("$x | count", "the input of `count` must be a list or a record, but is `3`"),
      ("[$x, a] | sort", "both sides of `<` must be of one kind, but are text and int"),
      (
        "[$x, 1h] | sum",
        "the sides of `+` must be two numbers, durations, texts, lists or records, or a time and a duration, but are int and duration"
      ),
      ("[$x, null] | sum", "what `sum` adds must be a number or a duration, but is null"),
      ("[1] | first ($x - 4)", "the number of elements must be at least 0, but is `-1`"),
      ("\"{$x\" | from json", "a key in quotes must come at byte 1, but it is `3`"),
      ("\"{$x\" | from json | map .", "a key in quotes must come at byte 1, but it is `3`"),
      ("\"[$x\" | from json | find . == 3", "the JSON ends in the middle of a value, at byte 2"),
      ("'[1, \"a\"' | from json | map . + $x", "the JSON ends in the middle of a value, at byte 7"),
      ("\"$x\" | from json | map .", "the input of `map` must be a list, but is `3`"),
      ("secret \"[$x\" | from json | map .", "the secret is not JSON"),
      ("$x | age", "the input of `age` must be a time, but is `3`"),
      ("[1, 2] | where $x", "a condition must be a bool, but is `3`; compare it, as in `… != 0`"),
    ])
  func refusals(_ pipeline: String, _ message: String) {
    let play = Play("param x: any = 3\nlet y = \(pipeline)\nprint $y")
    #expect(play.diagnostics == [])
    #expect(play.fault?.message == message)
    #expect(play.fault?.kind == "value")
  }

  @Test("time passes by sleeping, and age counts it")
  func time() {
    let play = Play(
      """
      let start = now
      sleep 90s
      print (age $start) ((now) - $start) ((age null) ?? never) $start
      """)
    #expect(play.story == "1m30s 1m30s never 2026-05-14T18:00:00Z\n")
    #expect(play.took == Duration(nanoseconds: 90_000_000_000))
  }

  @Test("the environment, the log and a limit are effects")
  func outside() {
    let play = Play("limit changes 3\nlog $env.HOME ($env.NOTHING ?? none)")
    #expect(play.story == "[err] the nest none\n")
    #expect(play.keys == ["limit#1", "$env#1", "$env#2", "log#1"])
  }
}

/// Commands, expressions and texts.
extension RandomScript {
  mutating func name() { put(pick("a", "bee", "at-once", "_x", "fünf", "n2")) }

  mutating func command(isFirst: Bool) {
    switch below(8) {
    case 0:
      put(pick("where", "all", "find", "count"))
      if isFirst { gap(); input() }
      gap(); condition()
    case 1:
      put(pick("map", "sort", "max", "group"))
      if isFirst { gap(); input() }
      gap(); condition()
      if chance(30) { gap(); put(pick("asc", "desc")) }
    case 2:
      put("wait ")
      if isFirst { input(); gap() }
      put("until "); condition()
      if chance(40) {
        gap(); put(pick("timeout never", "every 2s", "any 3", "stuck-after $d", "any"))
      }
      if chance(30) { gap(); put("fail-if "); condition() }
    case 3:
      put("exec tar")
      while chance(60) {
        gap(); put(pick("-x", "--all", ".", ">", "$x", "'a'", "--to=$d", "...$l"))
      }
    default:
      put(pick("f", "print", "start", "instances list", "heal-all"))
      while chance(55) { gap(); option() }
    }
  }

  private mutating func input() {
    chance(70) ? put(pick("$x", "$bee.tags", "$l[0]")) : group()
  }

  private mutating func option() {
    switch below(6) {
    case 0: put("--name "); argument()
    case 1: put("--at-once="); argument()
    case 2: put("..."); chance(50) ? put("$l") : list()
    default: argument()
    }
  }

  mutating func argument() {
    switch below(10) {
    case 0...2:
      put(pick("stopped", "us-east-1", "./f.json", "a#b", "x:y", "42", "5m", "-1", "true"))
    case 3: put(pick("scout-$i", "$dir/f.json", "${n}-1", "a\"b c\"'d'", "$x.a[0]?.b", "$x[$k]"))
    case 4, 5: quoted()
    case 6: put("$x")
    case 7: group()
    case 8: list()
    default: record()
    }
  }

  // MARK: Expressions

  /// A condition, which has a subject.
  mutating func condition() { expression(leads: true, hasSubject: true) }

  /// An expression; where it leads a stage it starts with no word and no sign.
  mutating func expression(leads: Bool = false, hasSubject: Bool = false) {
    var isFirst = leads
    repeat {
      if chance(8) { put("not "); isFirst = false }
      comparison(leads: isFirst, hasSubject)
      isFirst = false
      guard chance(15) else { return }
      gap(); put(pick("and", "or")); lineBehind()
    } while true
  }

  private mutating func comparison(leads: Bool, _ hasSubject: Bool) {
    sum(leads: leads, hasSubject)
    guard chance(25) else { return }
    gap(); put(pick("==", "!=", "<", ">=", "=~", "in", "contains")); lineBehind()
    sum(leads: false, hasSubject)
  }

  private mutating func sum(leads: Bool, _ hasSubject: Bool) {
    primary(leads: leads, hasSubject)
    while chance(15) {
      gap(); put(pick("+", "-", "*", "/", "//", "%", "??")); lineBehind()
      primary(leads: false, hasSubject)
    }
  }

  private mutating func primary(leads: Bool, _ hasSubject: Bool) {
    switch below(leads ? 12 : 15) {
    case 0...3:
      put(pick("$x", "$bee.name", "$l[0]", "$r[\"a b\"]?.x", "$l[ 1.. ]", "$l[..$n]", "${a.b}"))
    case 4, 5: put(pick("1", "2.5e3", "5m", "true", "null", "1h30m"))
    case 6, 7: quoted()
    case 8: group(); if chance(30) { put(pick(".a", "[0]", "?.b")) }
    case 9: list()
    case 10: record()
    case 11: put(hasSubject ? pick(".", ".name", ".a.b[0]") : "$x")
    case 12: put(pick("-$x", "-(1)", "(1..3)", "( $a .. $b )"))
    default: put(pick("status", "gpt-4o", "models[0]", "a/b"))
    }
  }

  mutating func group() {
    guard isShallow else { return put("(f)") }
    put("(")
    nested(true) { it in
      it.loose(); it.body(); it.loose()
    }
    put(")")
  }

  mutating func list() {
    guard isShallow else { return put("[ ]") }
    put("[")
    nested(true) { it in it.items { $0.chance(10) ? $0.put("...$l") : $0.expression() } }
    put("]")
  }

  mutating func record() {
    guard isShallow else { return put("{}") }
    put("{")
    nested(true) { it in
      it.items {
        if $0.chance(10) { return $0.put("...$r") }
        $0.put($0.pick("a", "\"b c\"", "'d'", "at-once"))
        $0.loose(); $0.put(":"); $0.loose()
        $0.expression()
      }
    }
    put("}")
  }

  private mutating func items(_ item: (inout Self) -> Void) {
    let count = below(4)
    for place in 0..<count {
      loose(); item(&self); loose()
      if place < count - 1 || chance(20) { put(",") }
    }
    loose()
  }

  // MARK: Texts

  mutating func quoted() {
    switch below(8) {
    case 0...3:
      put(
        pick(
          "\"a  b\"", "\"$x.a[0] # no\"", "\"\\u{1F41D} \\$ \\\\\"", "\"$(f | g) ${a?.b}\"", "''"))
    case 4: put(pick("'it''s # $x'", "'|;{'", "'🐝  '"))
    case 5: block("\"\"\"", pick("a", "  $x \\n", "$(f $y) b", "# no", "\\$ 'x'", ""))
    case 6: block("'''", pick("a", "  $(", "\"\"\" no", "\\"))
    default: put("\"a $( f  ( $x )|g ) b\"")
    }
  }

  private mutating func block(_ quotes: String, _ line: String) {
    let indent = pick("", "  ", "\t", "        ")
    put(quotes + "\n")
    for _ in 0..<below(3) { put(chance(20) ? pick("\n", " \n", "\t  \n") : indent + line + "\n") }
    put(indent + quotes)
  }
}

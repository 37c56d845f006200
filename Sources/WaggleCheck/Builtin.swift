/// The built-in commands that this build has; `BuiltinTable` describes each.
///
/// How a `CheckedBuiltin` holds their arguments: `input` is the first positional argument, typed or
/// from the pipe, of every command but `now` (which has none) and `print` and `log` (all of whose
/// values, a piped one first, are `arguments`). `first last` have the number in `arguments` or
/// nothing, `join` the text between, `select` the names of the fields as constant texts. The
/// `condition` of `where count` is a test, that of `map sort sum min max group` what is looked at.
package enum Builtin: String, Sendable, CaseIterable {
  // data
  case `where`, map, select, sort, first, last, count, sum, min, max, group, join
  // convert; `to` and `from` take their format as a word, so each pair is one command here
  case toJSON = "to json"
  case toTable = "to table"
  case fromJSON = "from json"
  // time
  case now, age, sleep
  // in and out
  case print, log, secret, reveal
}

/// The built-in commands; `BuiltinTable` describes each.
///
/// How a `CheckedBuiltin` holds their arguments: `input` is the first positional argument, typed or
/// from the pipe, of every command but `now` (which has none) and `print` and `log` (all of whose
/// values, a piped one first, are `arguments`). What stands behind the input is `arguments` in its
/// order, the names of `select` as constant texts. The `condition` of `where find count all any` is a
/// test, that of `map sort sum avg min max unique group` what is looked at.
package enum Builtin: String, Sendable, CaseIterable {
  // data
  case `where`, map, select, sort, reverse, first, last, count, sum, avg, min, max, unique, group
  case flatten, chunk, keys, values, get, find, all, any
  // text
  case join, split, lines, trim, upper, lower, replace, match, format
  // convert; `to` and `from` take their format as a word, so each pair is one command here
  case fromJSON = "from json"
  case fromNDJSON = "from ndjson"
  case fromCSV = "from csv"
  case fromYAML = "from yaml"
  case toJSON = "to json"
  case toNDJSON = "to ndjson"
  case toCSV = "to csv"
  case toYAML = "to yaml"
  case toTable = "to table"
  case text, int, float, duration, time
  // time
  case now, age, sleep
  // in and out
  case print, log, table, read, write, exec, ask, confirm, secret, reveal
  // requests of any path; checked as an operation of the API
  case call
}

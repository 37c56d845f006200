/// The built-in commands that this build has; `BuiltinTable` describes each.
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

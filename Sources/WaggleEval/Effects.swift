package import WaggleCatalogue
package import WaggleTime
package import WaggleValues
package import WaggleWait

/// The one way out of the evaluator: everything that a script does to the outside goes through it.
///
/// The live API, the sandbox and later the journal and the rehearsal are layers behind this port.
package protocol Effects: AnyObject, Sendable {
  /// Does it, parks the strand as long as it takes, and gives its value.
  ///
  /// - Parameters:
  ///   - effect: What to do.
  ///   - key: Which effect of the run it is; unique in a run, the same in the next run of the script.
  ///   - strand: Who asks.
  /// - Returns: The value; null for an effect without one.
  /// - Throws: Why it could not be done.
  func perform(_ effect: Effect, key: EffectKey, on strand: Strand) throws(Fault) -> Value
}

/// What a script can do to the outside: a closed list, so that each layer handles all of it.
package enum Effect: Sendable {
  /// One call of the API.
  case call(Call)
  /// A file to bring to the store of files or from there: `files upload`, `files download`.
  case transfer(Call)
  /// Opens what comes piece by piece; gives a stream.
  case open(Call)
  /// Opens it and prints the reply in it as it grows; gives the record that is there at its end.
  case follow(Call)
  /// The next item of a stream: a list of it alone, or an empty one at the end.
  case item(Stream)
  /// A whole list by its pages: `limit` records in all, or one `page` only.
  case list(Call, limit: Int?, page: Int?)
  /// A wait for subjects; gives the fresh record or records.
  case wait(WaitRequest)
  /// The moment, as a time.
  case now
  /// Nothing for that many nanoseconds.
  case sleep(nanoseconds: Int)
  /// A variable of the environment; null where it is not set.
  case environment(String)
  /// What is printed on standard output, complete with its line end.
  case print(String)
  /// A value to show as `--output` says (prompt and `-c`).
  case show(Value)
  /// What a stream came to whose reply was printed as it grew: shown where `--output` asks for a form
  /// that programs read, else only how it ended.
  case showEnd(Value)
  /// An item of a shown stream, as it comes: a line of JSON unless `--output` asks for another form.
  case showItem(Value)
  /// A line on standard error.
  case log(String)
  /// The text of a file, by its path as the script has it.
  case read(path: String)
  /// A text to be the whole of a file.
  case write(path: String, String)
  /// A question to whoever runs the script, with the name that an answer may be given under.
  case ask(name: String, String)
  /// A question that yes or no answers; gives a bool.
  case confirm(String)
  /// A program to run; gives what it wrote and its code where that is taken.
  case exec(Execution)
  /// A budget for the rest of the run.
  case limit(destroyOnly: Bool, Int)
}

/// Which effect of the run: `step "start"/for#1[17]/start#1`, without the work of making the text.
package struct EffectKey: Sendable {
  private let make: @Sendable () -> String

  /// Makes a key whose text is made when somebody reads it.
  package init(_ make: @escaping @Sendable () -> String) { self.make = make }

  /// The text.
  package var text: String { make() }
}

/// What the evaluator tells of a run while it goes on: for progress, reports and the journal.
package enum RunEvent: Sendable {
  case stepBegan(title: String)
  case stepEnded(title: String, succeeded: Bool, took: Duration)
  /// A `wait` without subjects has asked its condition, or is over.
  case waits(WaitProgress)
}

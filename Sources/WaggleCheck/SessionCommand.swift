/// The commands of the prompt itself: they stand alone on a line and are no part of a script.
///
/// The table is what help, completion and the checker know of them; the prompt carries them out.
package enum SessionCommand: String, Sendable, CaseIterable {
  case help, vars, history, save, forget, profile, status, why

  /// How it is typed.
  package var usage: String {
    switch self {
    case .help: "help [TOPIC…]"
    case .vars: "vars"
    case .history: "history [TEXT]"
    case .save: "save FILE"
    case .forget: "forget NAME…"
    case .profile: "profile [NAME]"
    case .status: "status"
    case .why: "why"
    }
  }

  /// What it does, in a line, imperative, without a full stop.
  package var summary: String {
    switch self {
    case .help: "Say what there is, or how a command is used"
    case .vars: "List the variables and functions of this session"
    case .history: "List the lines typed before, or those with a text in them"
    case .save: "Write the lines of this session that worked as a script"
    case .forget: "Drop variables or functions"
    case .profile: "Use another profile from now on, or say which one is used"
    case .status: "Say which gateway answers, by which key, and how many calls were made"
    case .why:
      "Explain why the last wait that failed did: each part of its condition as it was seen"
    }
  }

  /// What else is worth knowing, in sentences; empty where the summary says it all.
  package var help: String {
    switch self {
    case .help: "`help language` is the language on a page; `help instances` lists a group."
    case .vars: ""
    case .history:
      "Ctrl-R searches it, the arrow keys walk it. Lines that hold a secret or begin with a space"
        + " are not kept."
    case .save:
      "Lines that failed and lines that only looked are left out; what a later line took from `$_`"
        + " gets a name. A file that is there already is kept: choose another name."
    case .forget: "Functions that use a variable keep it."
    case .profile:
      "Profiles are written down in `config.toml`: another address, another key. Variables stay."
    case .status: ""
    case .why: "While a wait runs, Ctrl-\\ shows the same of it."
    }
  }

  /// An example.
  package var example: String {
    switch self {
    case .help: "help instances deploy"
    case .vars: "vars"
    case .history: "history deploy"
    case .save: "save fleet.waggle"
    case .forget: "forget bees"
    case .profile: "profile staging"
    case .status: "status"
    case .why: "why"
    }
  }
}

import WaggleValues

/// The one list of what the API can do, from which commands, completion, help, checks, requests,
/// table columns, sandbox routes and what `wait` may refresh are made.
///
/// Nothing comes in: it is data of this build. What goes out are operations by the words a script
/// types or by the contract's id, and what is known of a type of record. It refuses to know how a
/// request travels, who checks a script, and how anything looks on a screen. A group's entries are
/// built when one of its words is looked up for the first time, so a script without API calls pays
/// for none; a new operation is one entry in its group's file.
///
///     let start = Catalogue.beeOS.operation(group: "instances", action: "start")
///     let call = Call(start, path: ["instance_7"])
package struct Catalogue: Sendable {
  /// The operations of BeeOS that this build knows.
  package static let beeOS = Catalogue([
    Group("catalogue") { offers },
    Group("instances", ["deploy", "start", "stop", "restart", "destroy", "bees"]) { instances },
    Group("computer") { computer },
    Group("mobile") { mobile },
    Group("files") { files },
    Group("agents", ["invoke"]) { agents },
    Group("tasks", ["follow"]) { tasks },
    Group("conversations") { conversations },
    Group("runtime") { runtime },
  ])

  /// A group with its short forms, and its entries when they are asked for.
  struct Group: Sendable {
    let name: String
    let shortForms: [String]
    let entries: @Sendable () -> [Operation]

    init(
      _ name: String, _ shortForms: [String] = [],
      _ entries: @escaping @Sendable () -> [Operation]
    ) {
      self.name = name
      self.shortForms = shortForms
      self.entries = entries
    }
  }

  private let table: [Group]

  init(_ table: [Group]) { self.table = table }

  /// The groups, in the order in which help lists them.
  package var groups: [String] { table.map(\.name) }

  /// The daily short forms of all groups.
  package var shortForms: [String] { table.flatMap(\.shortForms) }

  /// The second words of a group's commands; empty for a word that is no group.
  package func actions(of group: String) -> [String] { commands(of: group).map(\.action) }

  /// The operations of a group, in the contract's order; empty for a word that is no group.
  package func operations(of group: String) -> [Operation] {
    table.first { $0.name == group }?.entries() ?? []
  }

  /// The operation of a command of two words.
  package func operation(group: String, action: String) -> Operation? {
    commands(of: group).first { $0.action == action }
  }

  /// The operation of a short form: `start`, `bees`.
  package func operation(shortForm: String) -> Operation? {
    let group = table.first { $0.shortForms.contains(shortForm) }
    return group?.entries().first { $0.shortForm == shortForm }
  }

  /// The operation of an id of the contract: `startInstance`; builds the groups up to its own.
  package func operation(id: String) -> Operation? {
    for group in table {
      if let operation = group.entries().first(where: { $0.id == id }) { return operation }
    }
    return nil
  }

  /// Whether two words name the same option: case, `-` and `_` do not matter.
  package static func isSameOption(_ a: String, _ b: String) -> Bool {
    func letters(_ name: String) -> some Sequence<UInt8> {
      name.utf8.lazy.filter { $0 != 0x2D && $0 != 0x5F }.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    }
    return letters(a).elementsEqual(letters(b))
  }
}

extension Operation {
  /// The parameters that are options of its command; paging is the command's own business, and the
  /// older name of a field is the same word to whoever types it.
  package var commandOptions: [Parameter] {
    let named = (query + allHeaders + body).filter { $0.alias == nil }
    guard case .list(_, let paging) = success.shape else { return named }
    return named.filter { !paging.ownParameters.contains($0.name) }
  }

  /// Its parameters in headers, and the one that takes a key of the script's own, where it has one.
  package var allHeaders: [Parameter] {
    if case .header? = key { headers + [.idempotencyHeader] } else { headers }
  }

  /// The query parameter, header or body field that an option names, by the API's name or as typed.
  package func parameter(named name: String) -> Parameter? {
    (query + allHeaders + body).first { Catalogue.isSameOption($0.name, name) }
  }
}

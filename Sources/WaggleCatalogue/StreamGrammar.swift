package import WaggleValues

/// How the events of a stream are told apart, where it ends and how it is taken up again (§12).
package struct StreamGrammar: Sendable {
  /// Where an event says what it is.
  package enum Naming: Sendable, Equatable {
    /// In its `event:` line.
    case event
    /// In the member `type` of its data; event names are ignored.
    case member
    /// In the member `type` of this member of its data; event names are ignored.
    case inner(String)
  }

  /// How a stream goes on after a connection was lost.
  package enum Resume: Sendable, Equatable {
    /// Not at all: what came is all there is.
    case never
    /// By the query parameter `since`: the greatest `offset` seen.
    case since
    /// By the header `Last-Event-ID`: the `id` of the last event seen.
    case lastEventID
  }

  /// A kind of event.
  package struct Frame: Sendable {
    /// What the event is called: `delta`, `message`, `end`.
    package let name: String
    /// What its data is.
    package let type: RecordType
    /// Whether the stream is over after it.
    package let isFinal: Bool

    /// Makes a kind of event.
    package init(_ name: String, _ type: RecordType, isFinal: Bool = false) {
      self.name = name
      self.type = type
      self.isFinal = isFinal
    }
  }

  /// Where an event says what it is.
  package let naming: Naming
  /// The known kinds of events; others are passed over.
  package let frames: [Frame]
  /// What each item of the stream is.
  package let item: RecordType
  /// How it goes on after a connection was lost.
  package let resume: Resume

  /// Makes a grammar.
  package init(_ naming: Naming, _ frames: [Frame], resume: Resume) {
    self.naming = naming
    self.frames = frames
    item = Self.item(of: frames)
    self.resume = resume
  }
}

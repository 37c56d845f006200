/// A text that came from somewhere: a script file, a `-c` text, a line of the prompt.
///
/// Positions are UTF-8 offsets everywhere; lines and columns are made only when something is shown.
package struct Source: Sendable {
  /// What a person calls it: the path as typed, `-c`, `stdin`, `prompt`.
  package let name: String
  /// The whole text, without a leading byte order mark and with its line ends as they came.
  package let text: String

  /// Makes a source of a text that is valid UTF-8.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Which source of a `SourceMap` a span lies in.
package struct SourceID: Hashable, Sendable {
  /// The position in the map.
  package let index: Int32

  /// Names the source at a position of the map.
  package init(_ index: Int32) { self.index = index }
}

/// The sources of one run, in the order in which they were read.
package struct SourceMap: Sendable {
  private var sources: [Source] = []

  /// Makes a map without sources.
  package init() {}

  /// Adds a source and gives the name by which spans refer to it.
  package mutating func add(_ source: Source) -> SourceID {
    sources.append(source)
    return SourceID(Int32(sources.count - 1))
  }

  /// The source that an id of this map names.
  package subscript(id: SourceID) -> Source { sources[Int(id.index)] }
}

/// A stretch of one source: UTF-8 offsets, the upper one not included.
package struct Span: Hashable, Sendable {
  /// The source that the offsets count in.
  package let source: SourceID
  /// The offset of the first byte.
  package let lower: Int32
  /// The offset behind the last byte; equal to `lower` for a spot between two characters.
  package let upper: Int32

  /// Makes a span of two offsets.
  package init(_ source: SourceID, _ lower: Int, _ upper: Int) {
    self.source = source
    self.lower = Int32(lower)
    self.upper = Int32(upper)
  }

  /// The smallest span that holds both; they must be of one source.
  package func joined(with other: Span) -> Span {
    Span(source, Int(min(lower, other.lower)), Int(max(upper, other.upper)))
  }
}

package import WaggleText

/// Reads the files that `use` names: the checker knows no files, so whoever has them fills it.
package protocol SourceLoader: AnyObject {
  /// What a source is known by however it is reached; nil for one that is no file.
  func identity(of source: SourceID) -> String?

  /// Reads a file and gives it a place among the sources.
  ///
  /// - Parameters:
  ///   - path: What stands behind `use`.
  ///   - source: The source that it stands in; a relative path begins beside it.
  /// - Returns: The text of the file.
  /// - Throws: Why it cannot be read.
  func load(_ path: String, from source: SourceID) throws(LoadFailure) -> LoadedSource
}

/// A file that was read for `use`.
package struct LoadedSource: Sendable {
  /// Its text and its name.
  package let source: Source
  /// Its place among the sources.
  package let id: SourceID
  /// What it is known by however it is reached, so that it is brought in once.
  package let identity: String

  /// Joins a text with what it is known by.
  package init(source: Source, id: SourceID, identity: String) {
    self.source = source
    self.id = id
    self.identity = identity
  }
}

/// Why a file cannot be read.
package struct LoadFailure: Error, Equatable {
  /// One sentence without a full stop.
  package let message: String

  /// Gives the reason.
  package init(_ message: String) { self.message = message }
}

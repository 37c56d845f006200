/// Why a file could not be read or written.
package struct FileFault: Error, Sendable {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// There is no such file.
    case missing
    /// There is no folder that it could stand in.
    case noFolder
    /// It is a folder.
    case folder
    /// It may not be read, or not be written.
    case forbidden
    /// It is not UTF-8 from that byte on.
    case notText(offset: Int)
    /// It begins with `~/`, and HOME is not set.
    case noHome
    /// The path is empty or holds a zero.
    case noPath
    /// It is there already, under a name that the script did not choose.
    case exists
    /// Another error of the system, by its number.
    case system(Int32)
  }

  /// The file, as the script called it.
  package let path: String
  /// What is wrong.
  package let problem: Problem
  /// Whether it was to be written.
  package let isWriting: Bool

  /// Makes a fault.
  package init(_ path: String, _ problem: Problem, isWriting: Bool) {
    self.path = path
    self.problem = problem
    self.isWriting = isWriting
  }
}

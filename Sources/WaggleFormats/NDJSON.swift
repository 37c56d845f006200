package import WaggleValues

/// JSON values, one to a line.
package enum NDJSON {
  /// Why a line is not JSON.
  package struct Failure: Error, Sendable {
    /// The line, from 1.
    package let line: Int
    /// What is wrong in it.
    package let error: JSONError

    /// The error as one sentence without a full stop.
    package var message: String { "line \(line): \(error.message)" }
  }

  /// Reads a text; empty lines are left out.
  package static func read(_ text: String) throws(Failure) -> Value {
    var reader = JSONReader()
    var values: [Value] = []
    var text = text
    text.makeContiguousUTF8()
    var number = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      do throws(JSONError) {
        values.append(try reader.read(Array(line)))
      } catch {
        throw Failure(line: number, error: error)
      }
    }
    do throws(ValueError) { return .list(try List(values)) } catch {
      throw Failure(line: number, error: JSONError(.tooDeep, offset: 0))
    }
  }

  /// The elements of a list, each as a line; any other value is one line.
  ///
  /// The last line has no end.
  package static func text(of value: Value) -> Value {
    guard case .list(let list) = value else {
      var builder = TextBuilder()
      builder.append(json: value)
      return builder.finish()
    }
    var builder = TextBuilder()
    for (position, element) in list.elements.enumerated() {
      if position > 0 { builder.append("\n") }
      builder.append(json: element)
    }
    return builder.finish()
  }
}

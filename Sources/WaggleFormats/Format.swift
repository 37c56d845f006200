package import WaggleValues

/// A way to write values as text and to read them again, as `from` and `to` name it.
package enum Format: String, Sendable, CaseIterable {
  case json, ndjson, csv, yaml

  /// Why a text is not of the format, as one sentence without a full stop.
  package struct Failure: Error, Sendable {
    /// The sentence.
    package let message: String
  }

  /// Reads a text.
  package func read(_ text: String) throws(Failure) -> Value {
    switch self {
    case .json:
      var reader = JSONReader()
      do throws(JSONError) { return try reader.read(text) } catch { throw Failure(error.message) }
    case .ndjson:
      do throws(NDJSON.Failure) { return try NDJSON.read(text) } catch {
        throw Failure(error.message)
      }
    case .csv:
      do throws(CSVError) { return try CSVReader.read(text) } catch { throw Failure(error.message) }
    case .yaml:
      do throws(YAMLError) { return try YAMLReader.read(text) } catch {
        throw Failure(error.message)
      }
    }
  }

  /// Reads a text as `read` does; of a list in JSON, it hands on each element as soon as it is read
  /// and gives nothing.
  package func read(
    _ text: String, handing take: (consuming Value) -> Void
  ) throws(Failure) -> Value? {
    guard self == .json else { return try read(text) }
    var reader = JSONReader()
    do throws(JSONError) { return try reader.read(text, handing: take) } catch {
      throw Failure(error.message)
    }
  }

  /// The text of a value, without a last line end: a secret where one is in it; nil where the
  /// format cannot hold it, as CSV can hold only records.
  package func text(of value: Value) -> Value? {
    switch self {
    case .json:
      var builder = TextBuilder()
      builder.append(json: value)
      return builder.finish()
    case .ndjson: return NDJSON.text(of: value)
    case .yaml: return YAMLWriter.text(of: value)
    case .csv:
      switch value {
      case .list(let list): return CSVWriter.text(of: list)
      case .record:
        guard let list = try? List([value]) else { return nil }
        return CSVWriter.text(of: list)
      default: return nil
      }
    }
  }

  /// The format that the ending of a file's name stands for; JSON where it stands for none.
  package init(ofFile path: String) {
    let ending = path.split(separator: ".").last?.lowercased()
    self =
      switch ending {
      case "csv": .csv
      case "yaml", "yml": .yaml
      case "ndjson", "jsonl": .ndjson
      default: .json
      }
  }

  /// How a person calls it.
  package var name: String { rawValue.uppercased() }
}

extension Format.Failure {
  fileprivate init(_ message: String) { self.message = message }
}

import Glibc

/// The keys of a terminal as Unicode scalars, read in chunks, so that a paste costs few calls.
struct KeyInput {
  /// Why waiting ended.
  enum Wait { case key, woken, end }

  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var next = 0

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next whole scalar of what was read; nil where more must come.
  ///
  /// Bytes that are not UTF-8 come as U+FFFD.
  mutating func buffered() -> Unicode.Scalar? {
    guard next < bytes.count else { return nil }
    let length = Self.length(ofSequenceFrom: bytes[next])
    guard next + length <= bytes.count else { return nil }
    defer { next += length }
    let text = String(decoding: bytes[next..<next + length], as: UTF8.self)
    return text.unicodeScalars.first
  }

  /// Waits for a key or for the other descriptor.
  mutating func wait(orFor wake: Int32) -> Wait {
    var ready = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&ready, 2, -1) < 0 {
      guard errno == EINTR else { return .end }
    }
    if ready[1].revents != 0 { return .woken }
    return fill() ? .key : .end
  }

  /// What follows up to the mark that ends a paste: line ends as newlines, tabs kept, other control
  /// characters left out, since they would act on the terminal; without its last newlines, so that
  /// a pasted line waits for Enter.
  mutating func readPaste() -> String {
    let mark = Array("\u{1B}[201~".utf8)
    var pasted: [UInt8] = []
    while !pasted.ends(with: mark) {
      guard next < bytes.count || fill() else { break }
      guard next < bytes.count else { break }
      pasted.append(bytes[next])
      next += 1
    }
    if pasted.ends(with: mark) { pasted.removeLast(mark.count) }
    var text = ""
    for scalar in Self.withNewlines(String(decoding: pasted, as: UTF8.self)).unicodeScalars
    where scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control {
      text.unicodeScalars.append(scalar)
    }
    while text.last == "\n" { text.removeLast() }
    return text
  }

  /// Reads what is there, waiting for at least a byte; false at the end.
  private mutating func fill() -> Bool {
    bytes.removeFirst(next)
    next = 0
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        bytes += chunk[..<count]
        return true
      }
      guard count < 0, errno == EINTR else { return false }
    }
  }

  private static func length(ofSequenceFrom lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// A terminal sends a return for each line end of a paste; some send both.
  private static func withNewlines(_ text: String) -> String {
    var result = ""
    var wasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        result += "\n"
      } else if scalar != "\n" || !wasReturn {
        result.unicodeScalars.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    return result
  }
}

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool {
    count >= other.count && self[(count - other.count)...].elementsEqual(other)
  }
}

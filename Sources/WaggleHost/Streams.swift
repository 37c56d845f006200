import Glibc

/// Where bytes go: a descriptor, or the memory of a test.
package protocol Sink: Sendable {
  /// Writes all of the bytes; gives 0, or the number of the system's error: `EPIPE` where the
  /// reader has gone.
  func write(_ bytes: [UInt8]) -> Int32
}

/// What a host reads from and writes to, with what it must know of it.
package struct Streams: Sendable {
  /// Where results go.
  package let output: any Sink
  /// Where progress, logs and errors go.
  package let error: any Sink
  /// Reads standard input to its end; nil where it cannot be read.
  package let readInput: @Sendable () -> [UInt8]?
  /// Where answers are typed; nil where nobody is there to type them.
  package let keyboard: Keyboard?
  /// Whether a person types standard input.
  package let isInputTerminal: Bool
  /// Whether a person reads the results.
  package let isOutputTerminal: Bool
  /// Whether a person reads progress and errors.
  package let isErrorTerminal: Bool
  /// The columns of the terminal, or of what is written elsewhere.
  package let width: Int
  /// The columns of standard error at this moment: a person may resize a terminal.
  package let columns: @Sendable () -> Int
  /// The rows of the terminal at this moment.
  package let rows: @Sendable () -> Int
  /// Turns on and off whether the terminal shows what is typed.
  package let echo: @Sendable (Bool) -> Void

  /// Joins streams; those of a test are no terminals unless it says so.
  package init(
    output: any Sink, error: any Sink, readInput: @escaping @Sendable () -> [UInt8]?,
    isInputTerminal: Bool = false, isOutputTerminal: Bool = false, isErrorTerminal: Bool = false,
    width: Int = Streams.usualWidth, columns: (@Sendable () -> Int)? = nil,
    rows: (@Sendable () -> Int)? = nil, echo: @escaping @Sendable (Bool) -> Void = { _ in },
    keyboard: Keyboard? = nil
  ) {
    self.output = output
    self.error = error
    self.readInput = readInput
    self.isInputTerminal = isInputTerminal
    self.isOutputTerminal = isOutputTerminal
    self.isErrorTerminal = isErrorTerminal
    self.width = width
    self.keyboard = keyboard
    self.echo = echo
    self.columns = columns ?? { width }
    self.rows = rows ?? { Streams.usualHeight }
  }

  /// The columns of excerpts and help where nothing says otherwise.
  package static let usualWidth = 100
  /// The rows of a screen where nothing says otherwise.
  package static let usualHeight = 24

  /// The fewest columns that excerpts and tables are made for.
  private static let leastWidth = 20

  /// The three streams of this process.
  package static var process: Streams {
    let error = isatty(2) == 1
    // Behind a pipe may be a pager, which takes the keys of the terminal.
    let hasEcho = error && isatty(0) == 1 && !isPipe(1)
    let none: @Sendable (Bool) -> Void = { _ in }
    return Streams(
      output: DescriptorSink(descriptor: 1), error: DescriptorSink(descriptor: 2),
      readInput: { readAll(descriptor: 0).bytes }, isInputTerminal: isatty(0) == 1,
      isOutputTerminal: isatty(1) == 1, isErrorTerminal: error,
      width: max(error ? terminalWidth(2) : terminalWidth(1), leastWidth),
      columns: { terminalWidth(2) }, rows: { terminalHeight(1) },
      echo: hasEcho ? TerminalEcho.set : none,
      keyboard: isatty(0) == 1 && error ? .terminal : nil)
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  private static func terminalWidth(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return usualWidth
    }
    return Int(size.ws_col)
  }

  private static func terminalHeight(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1 else {
      return usualHeight
    }
    return Int(size.ws_row)
  }

  /// Columns and rows for what is shown at this moment.
  var size: (columns: Int, rows: Int) {
    (isErrorTerminal ? max(columns(), Self.leastWidth) : width, rows())
  }

  /// What a file of the system's holds; nil where it cannot be read.
  static func readAll(file path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return readAll(descriptor: file).bytes
  }

  /// Everything that a descriptor gives, or the number of the system's error; reading stops when
  /// there are more bytes than `most`.
  static func readAll(
    descriptor: Int32, most: Int = .max
  ) -> (bytes: [UInt8]?, failure: Int32) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if bytes.count > most { return (bytes, 0) }
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return (bytes, 0) }
      if count < 0 {
        if errno == EINTR { continue }
        return (nil, errno)
      }
      bytes += chunk[..<count]
    }
  }
}

/// A descriptor of this process.
struct DescriptorSink: Sink {
  let descriptor: Int32

  func write(_ bytes: [UInt8]) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return 0
  }
}

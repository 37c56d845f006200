import Glibc

/// Reads lines of an input that nobody edits: a pipe, a file, a terminal without a cursor.
package final class PlainReader: LineReader {
  private let input: Int32
  private let wake: WakePipe?
  private let show: (String) -> Void
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// A line that has this many bytes and no end is taken as it is: 16 MB.
  private static let longestLine = 16 << 20

  /// Makes a reader of a descriptor, which stays the caller's.
  ///
  /// - Parameters:
  ///   - input: Where lines come from.
  ///   - wake: What reaches the reader while it waits.
  ///   - show: Shows a prompt, where there is somebody to see it.
  package init(input: Int32, wake: WakePipe? = nil, show: @escaping (String) -> Void = { _ in }) {
    self.input = input
    self.wake = wake
    self.show = show
  }

  /// Reads up to the next newline; bytes that are not UTF-8 come as U+FFFD.
  package func read(prompt: String) -> LineRead {
    show(prompt)
    var searched = 0
    while true {
      if let newline = buffer[searched...].firstIndex(of: 0x0A) {
        return .line(take(upTo: newline))
      }
      searched = buffer.count
      guard !isAtEnd, searched < Self.longestLine else {
        if buffer.isEmpty { show("\n") }
        return buffer.isEmpty ? .end : .line(take(upTo: buffer.count))
      }
      if let ending = waitForMore(prompt) { return ending }
    }
  }

  /// Remembers nothing: there is nobody to recall it.
  package func remember(_ entry: String) {}

  private func take(upTo end: Int) -> String {
    var line = buffer[..<end]
    if line.last == 0x0D { line.removeLast() }
    let text = String(decoding: line, as: UTF8.self)
    buffer.removeFirst(min(end + 1, buffer.count))
    return text
  }

  /// Waits for bytes or for an event; gives how the line ends where the event ends it.
  private func waitForMore(_ prompt: String) -> LineRead? {
    var ready = [pollfd(fd: input, events: Int16(POLLIN), revents: 0)]
    if let wake { ready.append(pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)) }
    guard poll(&ready, nfds_t(ready.count), -1) >= 0 else {
      if errno != EINTR { isAtEnd = true }
      return nil
    }
    if ready.count > 1, ready[1].revents != 0, let wake {
      for event in wake.take() {
        if let ending = handle(event, prompt) { return ending }
      }
    } else {
      fill()
    }
    return nil
  }

  private func handle(_ event: EditorEvent, _ prompt: String) -> LineRead? {
    switch event {
    case .resized: break
    case .suspended:
      kill(getpid(), SIGSTOP)
      show(prompt)
    case .interrupted:
      buffer = []
      show("\n")
      return .interrupted
    case .ended: return .end
    }
    return nil
  }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(input, &chunk, chunk.count)
    if count > 0 {
      buffer += chunk[..<count]
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}

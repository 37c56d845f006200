import Glibc

/// The client's end of a socket: bytes out, bytes in, and nothing else.
final class RawClient {
  private var descriptor: CInt
  private var buffer: ArraySlice<UInt8> = []

  /// Connects to a port of this machine; nil where it is refused.
  init?(port: Int) {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
      socklen_t(MemoryLayout.size(ofValue: patience)))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { return nil }
  }

  deinit { close() }

  /// Sends all bytes, or as many as the other end takes.
  func send(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func send(_ text: String) { send(text.utf8) }

  /// Says that nothing more will be sent.
  func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// Reads until a text is there or the other end has closed.
  func read(until text: String) -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(text.utf8.count).elementsEqual(text.utf8), let byte = readByte() {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads an answer with its body.
  func readAnswer() -> String {
    let head = read(until: "\r\n\r\n")
    let lengths = head.split(separator: "\r\n").compactMap { line -> Int? in
      let parts = line.split(separator: ":")
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].drop { $0 == " " })
    }
    let body = (0..<(lengths.first ?? 0)).compactMap { _ in readByte() }
    return head + String(decoding: body, as: UTF8.self)
  }

  /// Reads whatever comes until the other end closes; nil where it does not.
  func readToEnd() -> String? { readBytesToEnd().map { String(decoding: $0, as: UTF8.self) } }

  /// The same, as bytes.
  func readBytesToEnd() -> [UInt8]? {
    var bytes = Array(buffer)
    buffer = []
    while let chunk = receive() {
      guard !chunk.isEmpty else { return bytes }
      bytes += chunk
    }
    return nil
  }

  func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }

  private func readByte() -> UInt8? {
    if buffer.isEmpty { buffer = (receive() ?? [])[...] }
    return buffer.popFirst()
  }

  /// A chunk, an empty one at the end (a reset is one too), nil when nothing came in time.
  private func receive() -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count < 0 { return errno == ECONNRESET || errno == EPIPE ? [] : nil }
    return Array(chunk.prefix(count))
  }
}

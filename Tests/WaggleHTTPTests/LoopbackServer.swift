import Glibc
import NIOConcurrencyHelpers

/// A server that does, byte for byte, what a test tells it to do with each connection.
final class LoopbackServer: Sendable {
  let port: Int
  private let listener: CInt
  private let log = NIOLockedValueBox<(connections: Int, requests: [String])>((0, []))

  /// Listens on a free port of this machine and lets a script handle each connection on a thread.
  init(_ script: @escaping @Sendable (Peer) -> Void) {
    listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    port = LoopbackServer.bindFree(listener)
    listen(listener, 1_024)
    LoopbackServer.thread { [listener, log] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else {
          Glibc.close(listener)
          return
        }
        log.withLockedValue { $0.connections += 1 }
        LoopbackServer.thread {
          let peer = Peer(
            descriptor, log: { text in log.withLockedValue { $0.requests.append(text) } })
          script(peer)
          peer.close()
        }
      }
    }
  }

  // The thread that accepts closes the descriptor, so that its number is not used anew before.
  deinit { shutdown(listener, CInt(SHUT_RDWR)) }

  /// How many connections were accepted.
  var connections: Int { log.withLockedValue { $0.connections } }

  /// The requests read, each with its head and body, in the order of their coming.
  var requests: [String] { log.withLockedValue { $0.requests } }

  /// A port of this machine on which nobody listens.
  static func closedPort() -> Int {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { Glibc.close(descriptor) }
    return bindFree(descriptor)
  }

  private static func bindFree(_ descriptor: CInt) -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, length)
        _ = getsockname(descriptor, $0, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 256 << 10)
    var thread = pthread_t()
    pthread_create(
      &thread, &attributes,
      { context in
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(Box(body)).toOpaque())
  }
}

/// The server's end of one connection.
final class Peer {
  private var descriptor: CInt
  private let log: (String) -> Void
  private var unread: [UInt8] = []
  /// The number that the last request had in its query, as `?n=17`.
  private(set) var lastNumber = 0
  /// The last request, with its head and body.
  private(set) var lastRequest = ""

  init(_ descriptor: CInt, log: @escaping (String) -> Void) {
    self.descriptor = descriptor
    self.log = log
  }

  /// Reads a request with its body; false where the client has closed.
  @discardableResult
  func readRequest() -> Bool {
    while true {
      if let length = wholeRequest() {
        let text = String(decoding: unread.prefix(length), as: UTF8.self)
        lastNumber =
          text.range(of: "?n=").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
        lastRequest = text
        log(text)
        unread.removeFirst(length)
        return true
      }
      guard receive() else { return false }
    }
  }

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

  /// Sends a byte now and then; false where the client has closed.
  func drip() -> Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&one, 1, 5) == 0 else { return false }
    send([0x20])
    return true
  }

  /// Waits until the client closes its end.
  func hold() { while receive() {} }

  /// Ends the connection as a process that dies does.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    close()
  }

  func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }

  private func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    unread += chunk.prefix(count)
    return true
  }

  private func wholeRequest() -> Int? {
    let text = String(decoding: unread, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let head = text[..<end.lowerBound].lowercased()
    let length = head.range(of: "content-length: ").flatMap { range in
      Int(head[range.upperBound...].prefix { $0.isNumber })
    }
    let whole = text.utf8.distance(from: text.startIndex, to: end.upperBound) + (length ?? 0)
    return unread.count >= whole ? whole : nil
  }
}

extension StringProtocol {
  /// The first place of a text, without Foundation.
  fileprivate func range(of sought: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].utf8.starts(with: sought.utf8) {
        return start..<utf8.index(start, offsetBy: sought.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}

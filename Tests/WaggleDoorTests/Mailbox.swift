import Glibc
import WaggleTime

/// An address on this machine that takes what is posted to it and answers as it is told.
final class Mailbox: Sendable {
  let port: Int
  private let listener: CInt
  private let letters = Guarded<[String]>([])

  /// Listens on a free port; the n-th letter is answered by the n-th status, the last one for ever.
  init(answering statuses: [Int]) {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    listener = descriptor
    port = Self.bindFree(descriptor)
    listen(descriptor, 16)
    let script = Script(descriptor, statuses, letters)
    var thread = pthread_t()
    pthread_create(&thread, nil, { Script.run($0) }, Unmanaged.passRetained(script).toOpaque())
    pthread_detach(thread)
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

  // The thread that accepts closes the descriptor, so that its number is not used anew before.
  deinit { shutdown(listener, CInt(SHUT_RDWR)) }

  /// The address.
  var url: String { "http://127.0.0.1:\(port)/hook" }

  /// What was posted, head and body, in the order of its coming.
  var posted: [String] { letters.withLock { $0 } }
}

/// What the thread behind a mailbox does.
private final class Script: Sendable {
  private let listener: CInt
  private let statuses: [Int]
  private let letters: Guarded<[String]>

  init(_ listener: CInt, _ statuses: [Int], _ letters: Guarded<[String]>) {
    self.listener = listener
    self.statuses = statuses
    self.letters = letters
  }

  static func run(_ script: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let script else { return nil }
    Unmanaged<Script>.fromOpaque(script).takeRetainedValue().serve()
    return nil
  }

  private func serve() {
    var count = 0
    while true {
      let peer = accept(listener, nil, nil)
      guard peer >= 0 else { break }
      letters.withLock { $0.append(Self.read(peer)) }
      let status = statuses.isEmpty ? 200 : statuses[min(count, statuses.count - 1)]
      count += 1
      let answer = Array(
        ("HTTP/1.1 \(status) Told\r\nContent-Length: 0\r\nConnection: close\r\n"
          + "Location: http://127.0.0.1:1/elsewhere\r\n\r\n").utf8)
      _ = send(peer, answer, answer.count, CInt(MSG_NOSIGNAL))
      close(peer)
    }
    close(listener)
  }

  /// A whole request: its head, and as much body as it says.
  private static func read(_ peer: CInt) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let parts = String(decoding: bytes, as: UTF8.self).split(
        separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        let length = parts[0].lowercased().split(separator: "content-length: ").last
          .flatMap { Int($0.prefix { $0.isNumber }) }
        if parts[1].utf8.count >= length ?? 0 { break }
      }
      let count = recv(peer, &piece, piece.count, 0)
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

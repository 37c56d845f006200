import AsyncHTTPClient
import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
package import WaggleSandbox
package import WaggleTime

/// Posts a world's letters over HTTP: each once, within 10 s, no redirect followed.
///
/// A door posts anywhere, as the cloud does. A world in a process posts to this machine alone, so
/// that a script that is tried out tells nobody; there a letter for elsewhere fails and says so.
/// Nothing is set up before the first letter.
package final class HTTPCourier: Courier {
  /// How far it goes.
  package enum Reach: Sendable { case thisMachine, anywhere }

  private static let patience = TimeAmount.seconds(10)
  private let reach: Reach
  private let client = NIOLockedValueBox<HTTPClient?>(nil)
  /// What looks for letters of a world, on a loop of its own, while one is attended to.
  private let mail = NIOLockedValueBox<NIOLoopBoundBox<DoorMail?>?>(nil)

  /// Makes a courier that has nothing to do yet.
  package init(reach: Reach) { self.reach = reach }

  deinit { client.withLockedValue { $0 }?.shutdown { _ in } }

  /// Posts letters, all at once, while the strand keeps its turn.
  package func deliver(_ letters: [Letter], on strand: Strand) -> [Receipt] {
    let receipts = NIOLockedValueBox<[Receipt]>([])
    for letter in letters {
      post(letter) { receipt in receipts.withLockedValue { $0.append(receipt) } }
    }
    while receipts.withLockedValue({ $0.count }) < letters.count, strand.cancellation == nil {
      var nothing: [pollfd] = []
      strand.attend(to: &nothing)
    }
    let done = receipts.withLockedValue { $0 }
    return letters.map { letter in
      done.first { $0.letter == letter.id }
        ?? Receipt(letter: letter.id, status: nil, error: "given up before an answer came")
    }
  }

  /// Looks for letters of a world, five times a second.
  package func attend(to world: World, clock: any Strands) {
    mail.withLockedValue { mail in
      guard mail == nil else { return }
      let loop = MultiThreadedEventLoopGroup.singleton.next()
      let box = NIOLoopBoundBox<DoorMail?>.makeEmptyBox(eventLoop: loop)
      mail = box
      loop.execute { [self] in
        let own = DoorMail(world: world, clock: clock, courier: self)
        own.begin(on: loop)
        box.value = own
      }
    }
  }

  /// Looks for no more.
  package func rest() {
    let mail = mail.withLockedValue { mail in
      defer { mail = nil }
      return mail
    }
    guard let mail else { return }
    mail.eventLoop.execute { mail.value?.end() }
  }

  /// Posts a letter and says what became of it, on some thread.
  func post(_ letter: Letter, _ done: @escaping @Sendable (Receipt) -> Void) {
    let id = letter.id
    guard reach == .anywhere || Self.isHere(letter.url) else {
      return done(
        Receipt(
          letter: id, status: nil,
          error: "not sent: a sandbox in a process posts to this machine alone"))
    }
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: letter.url, method: .POST, headers: HTTPHeaders(letter.headers),
        body: .bytes(letter.body))
    } catch { return done(Receipt(letter: id, status: nil, error: "no address: \(error)")) }
    opened().execute(
      request: request, delegate: StatusReader(), deadline: .now() + Self.patience
    ).futureResult.whenComplete { result in
      switch result {
      case .success(let status): done(Receipt(letter: id, status: status))
      case .failure(let error): done(Receipt(letter: id, status: nil, error: "\(error)"))
      }
    }
  }

  private func opened() -> HTTPClient {
    client.withLockedValue { client in
      if let client { return client }
      let made = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(
          redirectConfiguration: .disallow,
          timeout: .init(connect: Self.patience, read: Self.patience)))
      client = made
      return made
    }
  }

  /// Whether an address is on this machine.
  private static func isHere(_ url: String) -> Bool {
    let parts = url.split(separator: "://", maxSplits: 1)
    guard parts.count == 2 else { return false }
    let authority = parts[1].prefix { !"/?#".contains($0) }
    let place = authority.split(separator: "@").last ?? ""
    if place.hasPrefix("[") { return place.hasPrefix("[::1]") }
    let host = place.prefix { $0 != ":" }.lowercased()
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "localhost"
      || numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}

/// Reads the status of an answer and lets the rest of it go by.
private final class StatusReader: HTTPClientResponseDelegate {
  typealias Response = Int
  private let status = NIOLockedValueBox(0)

  func didReceiveHead(
    task: HTTPClient.Task<Int>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    status.withLockedValue { $0 = Int(head.status.code) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Int>) throws -> Int {
    status.withLockedValue { $0 }
  }
}

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import WaggleCatalogue
import WaggleTime

/// One call under way: gathers its answer on the event loop and wakes the strand that waits for it.
///
/// The event loop alone writes, and the strand reads only when the completion has happened, which
/// orders the two. What a strand may ask before that is whether the request has gone out, and when
/// anything was last heard.
final class HTTPExchange: HTTPClientResponseDelegate, @unchecked Sendable {
  typealias Response = Void

  /// Happens when the answer is whole or will not come.
  let completion = Completion()
  /// The answer as far as it came; its status is 0 before there is one.
  private(set) var answer = WireResponse(status: 0)
  /// Why the answer is not whole; nil where it is.
  private(set) var failure: (any Error)?
  private let limit: Int
  private let clock: any Strands
  private let sent = Atomic(false)
  private let heardAt: Atomic<Int>

  /// Expects an answer whose body has at most so many bytes.
  init(limit: Int, clock: any Strands) {
    self.limit = limit
    self.clock = clock
    heardAt = Atomic(clock.now.nanoseconds)
  }

  /// Whether any of the request has gone out, so that the server may have acted on it.
  var isSent: Bool { sent.load(ordering: .acquiring) }

  /// When something last went out or came in.
  var heard: Instant { Instant(nanoseconds: heardAt.load(ordering: .relaxed)) }

  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    hear()
    sent.store(true, ordering: .releasing)
  }

  func didReceiveHead(
    task: HTTPClient.Task<Void>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    hear()
    answer.status = Int(head.status.code)
    answer.headers.reserveCapacity(head.headers.count)
    for (name, value) in head.headers { answer.headers.append((name.lowercased(), value)) }
    let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    guard announced <= limit else {
      return task.eventLoop.makeFailedFuture(AnswerTooLarge())
    }
    answer.body.reserveCapacity(min(max(announced, 0), 1 << 20))
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<Void>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    hear()
    guard answer.body.count + buffer.readableBytes <= limit else {
      return task.eventLoop.makeFailedFuture(AnswerTooLarge())
    }
    buffer.withUnsafeReadableBytes { answer.body.append(contentsOf: $0) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) {}

  private func hear() { heardAt.store(clock.now.nanoseconds, ordering: .relaxed) }

  /// Takes the end of the call, with or without an answer.
  func end(_ result: Result<Void, any Error>) {
    if case .failure(let error) = result { failure = error }
    completion.complete()
  }
}

/// The answer's body is longer than is read.
struct AnswerTooLarge: Error {}

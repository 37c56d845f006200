import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import WaggleCatalogue
import WaggleTime

/// A call whose answer comes piece by piece: the event loop puts bytes down, a strand takes them.
///
/// What has come and was not taken is bounded: beyond that the connection is not read, so that a
/// server is as fast as its reader. The client below holds it until the answer ends or somebody
/// closes it.
final class HTTPStream: HTTPClientResponseDelegate, ReplyStream {
  typealias Response = Void

  /// What is known of the answer so far.
  struct State {
    /// Its status and headers; nil before they are there.
    var head: WireResponse?
    /// What came of its body and was not taken.
    var unread: [UInt8] = []
    /// How it ended; nil while it goes on.
    var end: Result<Void, any Error>?
    /// Whether the request has gone out, so that the server may have acted on it.
    var isSent = false
    /// When something last went out or came in.
    var heard: Instant
    fileprivate var task: HTTPClient.Task<Void>?
    /// What lets the connection be read on, where it was stopped.
    fileprivate var room: EventLoopPromise<Void>?
    /// What the reader parks for.
    fileprivate var news: Completion?
  }

  private let call: Call
  private let origin: String
  private let limits: HTTPLimits
  private let clock: any Strands
  private let state: Guarded<State>

  /// Sends a request; nothing is waited for.
  init(
    _ request: HTTPClient.Request, of call: Call, to origin: String, limits: HTTPLimits,
    with client: HTTPClient, clock: any Strands
  ) {
    self.call = call
    self.origin = origin
    self.limits = limits
    self.clock = clock
    state = Guarded(State(heard: clock.now))
    let task = client.execute(request: request, delegate: self)
    state.withLock { $0.task = task }
    task.futureResult.whenComplete { [self] in finish($0) }
  }

  /// How it stands.
  var now: State { state.withLock { $0 } }

  /// Parks until something is so, a moment comes, or the strand is to stop.
  func wait(
    until due: Instant, on strand: Strand, for isThere: (State) -> Bool
  ) -> Wake {
    while true {
      let news = state.withLock { state -> Completion? in
        guard !isThere(state), state.end == nil else { return nil }
        let news = Completion()
        state.news = news
        return news
      }
      guard let news else { return .completed }
      let wake = strand.park(until: due, for: news)
      guard wake == .completed else { return wake }
    }
  }

  func next(on strand: Strand) throws(CallFault) -> [UInt8]? {
    while true {
      if let bytes = take() { return bytes }
      let now = now
      switch now.end {
      case .success?: return nil
      case .failure?: throw .streamLost(call, "the connection to \(origin) was lost")
      case nil: break
      }
      let due = now.heard.advanced(by: limits.streamSilence)
      switch wait(until: due, on: strand, for: { !$0.unread.isEmpty }) {
      case .completed: continue
      case .time where self.now.heard == now.heard:
        close()
        throw .streamLost(call, "\(origin) has fallen silent")
      case .time: continue
      case .cancelled(let reason):
        close()
        throw .cancelled(call, reason, wasSent: true)
      case .deadlock: throw .streamLost(call, "nothing can wake its reader")
      }
    }
  }

  func close() {
    let (task, room) = state.withLock { state in
      defer { state.room = nil }
      return (state.end == nil ? state.task : nil, state.room)
    }
    task?.cancel()
    room?.succeed()
  }

  /// Takes what came; nil where nothing did.
  private func take() -> [UInt8]? {
    let (bytes, room) = state.withLock { state in
      defer {
        state.unread = []
        state.room = nil
      }
      return (state.unread, state.room)
    }
    room?.succeed()
    return bytes.isEmpty ? nil : bytes
  }
}

/// What the event loop tells.
extension HTTPStream {
  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    tell { $0.isSent = true }
  }

  func didReceiveHead(
    task: HTTPClient.Task<Void>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
    tell { $0.head = WireResponse(status: Int(head.status.code), headers: headers) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<Void>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    var room: EventLoopFuture<Void>?
    tell { state in
      state.unread.append(contentsOf: buffer.readableBytesView)
      guard state.unread.count >= limits.streamBytes, state.room == nil else { return }
      let promise = task.eventLoop.makePromise(of: Void.self)
      state.room = promise
      room = promise.futureResult
    }
    return room ?? task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) {}

  private func finish(_ result: Result<Void, any Error>) {
    tell { $0.end = result }
    state.withLock { $0.task = nil }
  }

  /// Changes the state, and wakes the reader.
  private func tell(_ change: (inout State) -> Void) {
    let now = clock.now
    let news = state.withLock { state in
      state.heard = now
      change(&state)
      defer { state.news = nil }
      return state.news
    }
    news?.complete()
  }
}

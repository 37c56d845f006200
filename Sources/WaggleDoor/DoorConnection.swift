import NIOCore
import NIOHTTP1
import WaggleCatalogue
import WaggleSandbox
import WaggleTime

/// One connection to the door: reads requests, asks the world, and answers when the answer is due.
///
/// A request that is too large is answered before its end, and what still comes of it is dropped, so
/// that the client gets to read the answer. Confined to the event loop.
final class DoorConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  enum State {
    case idle
    case reading(HTTPRequestHead)
    case answering
    /// The head of a stream is written and its body goes on; what follows it may be the end.
    case streaming(closes: Bool)
    /// The answer is written and the client is to go; what it still sends is dropped.
    case leaving
  }

  let room: DoorRoom
  var state = State.idle
  /// What came so far of the body of the request that is read.
  private var body = ByteBuffer()
  /// Whether the connection ends with the answer under way.
  private var closesNext = false
  /// When the client is late.
  private var deadline: NIODeadline
  private(set) var context: ChannelHandlerContext?
  /// The stream that is given, from the moment that the world opened it.
  var stream: (any WorldStream)?
  /// What asks the stream again.
  var reminder: Scheduled<Void>?

  init(_ room: DoorRoom) {
    self.room = room
    deadline = .now() + .nanoseconds(Int64(room.limits.idle))
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    if !room.enter(self) { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    letGoOfStream()
    room.leave(self)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    pump()
    context.fireChannelWritabilityChanged()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .idle): begin(head, context)
    case (.body(let part), .reading(let head)):
      body.writeImmutableBuffer(part)
      if body.readableBytes > World.mostBytes(at: head.uri) {
        answer(head, isWhole: false, context)
      }
    case (.end, .reading(let head)): answer(head, isWhole: true, context)
    default: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    if case .answering = state { closesNext = true } else { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// Ends the connection if its client is late; a request that never came whole is told so.
  func closeIfLate(_ now: NIODeadline) {
    guard deadline <= now, let context else { return }
    guard case .reading = state else { return context.close(promise: nil) }
    write(WireResponse(status: 408), isHead: false, closes: true, context)
  }

  /// Ends the connection, after its answer where one is under way; a stream ends at once.
  func finish() {
    if case .answering = state { closesNext = true } else { context?.close(promise: nil) }
  }

  /// Ends the connection now.
  func abandon() { context?.close(promise: nil) }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    state = .reading(head)
    expect(within: room.limits.request)
    let isAwaited = head.headers[canonicalForm: "expect"].contains {
      $0.lowercased() == "100-continue"
    }
    guard isAwaited else { return }
    let go = HTTPResponseHead(version: .http1_1, status: .continue)
    context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
  }

  /// Asks the world and answers when it says.
  private func answer(
    _ head: HTTPRequestHead, isWhole: Bool, _ context: ChannelHandlerContext
  ) {
    state = .answering
    deadline = .distantFuture
    let opening = room.open(WireRequest(head, body: body))
    body = ByteBuffer()
    let closes = !head.isKeepAlive || !isWhole
    switch opening {
    case .answer(let answer):
      later(in: answer.latency, context) { connection, context in
        guard let response = answer.response else { return context.close(promise: nil) }
        connection.write(response, isHead: head.method == .HEAD, closes: closes, context)
      }
    case .pending(let reply): give(reply, isHead: head.method == .HEAD, closes: closes, context)
    case .stream(let response, let latency, let stream):
      self.stream = stream
      later(in: latency, context) { connection, context in
        connection.beginStream(response, closes: closes, context)
      }
    }
  }

  /// Gives an answer that is to come, when it is there.
  private func give(
    _ reply: PendingReply, isHead: Bool, closes: Bool, _ context: ChannelHandlerContext
  ) {
    switch reply.next(at: room.now) {
    case .answer(let answer):
      guard let response = answer.response else { return context.close(promise: nil) }
      write(response, isHead: isHead, closes: closes, context)
    case .waitUntil(let moment):
      // A moment that is not ahead would keep the loop from everything else.
      let pause = max(moment.nanoseconds &- room.now.nanoseconds, 1_000_000)
      later(in: pause, context) { connection, context in
        connection.give(reply, isHead: isHead, closes: closes, context)
      }
    }
  }

  /// Does something after some nanoseconds, if the client is still there.
  private func later(
    in nanoseconds: Int, _ context: ChannelHandlerContext,
    _ work: @escaping (DoorConnection, ChannelHandlerContext) -> Void
  ) {
    let loop = context.eventLoop.assumeIsolated()
    loop.scheduleTask(in: .nanoseconds(Int64(nanoseconds))) { [weak self] in
      guard let self, let context = self.context else { return }
      work(self, context)
    }
  }

  private func write(
    _ response: WireResponse, isHead: Bool, closes: Bool, _ context: ChannelHandlerContext
  ) {
    let closes = closes || closesNext || response.isCut && !isHead
    let head = response.head(closes: closes, date: room.date)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !isHead, !response.body.isEmpty {
      let body = context.channel.allocator.buffer(bytes: response.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    end(closes: closes, context)
  }

  /// Ends the answer under way.
  func end(closes: Bool, _ context: ChannelHandlerContext) {
    // The next request may come within the last write, so the state is what comes after the answer.
    state = closes ? .leaving : .idle
    expect(within: closes ? room.limits.answer : room.limits.idle)
    guard closes else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
    // The client is to read to the end and go: until then, or until it is late, its bytes are dropped.
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { [weak self] _ in
      self?.context?.close(mode: .output, promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }

  private func expect(within nanoseconds: Int) {
    deadline = .now() + .nanoseconds(Int64(nanoseconds))
  }
}

import NIOCore
import NIOHTTP1
import WaggleCatalogue
import WaggleSandbox
import WaggleTime

/// Giving a stream: the world is asked when it is time, and not before the client has read.
extension DoorConnection {
  /// Writes the head of a stream and begins its body.
  func beginStream(
    _ response: WireResponse, closes: Bool, _ context: ChannelHandlerContext
  ) {
    state = .streaming(closes: closes)
    let head = response.streamHead(closes: closes, date: room.date)
    context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    pump()
  }

  /// Gives what the world's stream has to say, as long as the client takes it.
  func pump() {
    reminder?.cancel()
    reminder = nil
    guard let context, let stream, case .streaming(let closes) = state else { return }
    while context.channel.isWritable {
      switch stream.next(at: room.now) {
      case .bytes(let bytes):
        let body = context.channel.allocator.buffer(bytes: bytes)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      case .waitUntil(let moment): return remind(at: moment, context)
      case .ended:
        letGoOfStream()
        return end(closes: closes, context)
      case .cut: return context.close(promise: nil)
      }
    }
  }

  /// Lets go of the world's stream: nobody reads it any more.
  func letGoOfStream() {
    reminder?.cancel()
    reminder = nil
    stream?.close()
    stream = nil
  }

  private func remind(at moment: Instant, _ context: ChannelHandlerContext) {
    // A moment that is not ahead would keep the loop from everything else.
    let pause = max(moment.nanoseconds &- room.now.nanoseconds, 1_000_000)
    let loop = context.eventLoop.assumeIsolated()
    reminder = loop.scheduleTask(in: .nanoseconds(Int64(pause))) { [weak self] in self?.pump() }
  }
}

/// Tells a connection that its client has gone while it is given a stream.
///
/// What keeps requests in line keeps the news back until the answer is whole, which a stream's may
/// never be. So this stands before that.
final class DoorWatch: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let connection: DoorConnection

  init(_ connection: DoorConnection) { self.connection = connection }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed, connection.stream != nil {
      return context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }
}

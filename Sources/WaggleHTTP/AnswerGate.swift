import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Lets the parts of an answer through only in the order that an answer has them.
///
/// The client behind it stops the whole process when a body comes without a head, and it takes a
/// head with a status below 200 for none. A status such as `000` would be enough to end a run, so
/// that such an answer is an error here, and the informational ones (1xx) end here too.
final class AnswerGate: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  private enum State { case waitingForHead, answering, broken }
  private var state = State.waitingForHead

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (_, .broken): return
    case (.head(let head), .waitingForHead) where 102...199 ~= head.status.code: return
    case (.head(let head), .waitingForHead) where head.status.code == 100: return
    case (.head(let head), .waitingForHead) where head.status.code > 100: state = .answering
    case (.body, .answering): break
    case (.end, .answering): state = .waitingForHead
    default:
      state = .broken
      context.fireErrorCaught(DisorderlyAnswer())
      return
    }
    context.fireChannelRead(data)
  }

  /// Puts a gate into a connection of HTTP/1, behind what reads bytes as HTTP.
  static func guardConnection(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
      try pipeline.addHandler(AnswerGate(), position: .after(decoder))
    }
  }

  /// Puts a gate into a stream of HTTP/2, behind what reads frames as HTTP.
  static func guardStream(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP2FramePayloadToHTTP1ClientCodec.self)
      try pipeline.addHandler(AnswerGate(), position: .after(codec))
    }
  }
}

/// The parts of an answer came in an order that no answer has.
struct DisorderlyAnswer: Error {}

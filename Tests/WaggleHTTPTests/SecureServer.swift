import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A server that answers every request over TLS, with a certificate made for it alone: by HTTP/1.1,
/// or by HTTP/2 to clients that ask for it by ALPN.
final class SecureServer: Sendable {
  /// Answers the request that came on a channel, of a connection or of a stream of HTTP/2; called on
  /// its event loop.
  typealias Script = @Sendable (any Channel, HTTPRequestHead) -> Void

  let port: Int
  /// The certificate, which is its own root.
  let certificateFile: String
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let counter: Counter

  /// Listens on a free port; without a script every answer is an empty success.
  init(
    certifiedFor address: String, offersHTTP2: Bool = false,
    script: @escaping Script = answerNothing
  ) throws {
    certificateFile = try SecureServer.makeCertificate(for: address)
    let counter = Counter()
    self.counter = counter
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: certificateFile + ".key", format: .pem)))
    if offersHTTP2 { configuration.applicationProtocols = NIOHTTP2SupportedALPNProtocols }
    let context = try NIOSSLContext(configuration: configuration)
    channel = try ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        counter.connections.withLockedValue { $0 += 1 }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }.flatMap {
          channel.configureCommonHTTPServerPipeline { stream in
            stream.eventLoop.makeCompletedFuture {
              try stream.pipeline.syncOperations.addHandler(Responder(counter, script))
            }
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
    port = channel.localAddress?.port ?? 0
  }

  deinit {
    group.shutdownGracefully { _ in }
    unlink(certificateFile)
    unlink(certificateFile + ".key")
  }

  /// How many requests came through.
  var requests: Int { versions.count }

  /// The major version of HTTP in which each request came.
  var versions: [Int] { counter.versions.withLockedValue { $0 } }

  /// How many connections were accepted.
  var connections: Int { counter.connections.withLockedValue { $0 } }

  /// Answers with an empty success.
  @Sendable static func answerNothing(_ channel: any Channel, _ head: HTTPRequestHead) {
    channel.send(.head(.init(version: .http1_1, status: .ok, headers: ["content-length": "0"])))
    channel.send(.end(nil))
  }

  /// Makes a certificate and its key with the openssl command.
  private static func makeCertificate(for address: String) throws -> String {
    var template = Array("/tmp/waggle-tls-XXXXXX".utf8CString)
    close(mkstemp(&template))
    let file = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
      "-nodes", "-days", "2", "-subj", "/CN=waggle-test", "-addext", "subjectAltName=IP:\(address)",
      "-out", file, "-keyout", file + ".key",
    ]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    var status: CInt = 0
    guard posix_spawnp(&process, "openssl", &actions, nil, &words, environ) == 0,
      waitpid(process, &status, 0) == process, status == 0
    else { throw NoCertificate() }
    return file
  }

  private struct NoCertificate: Error {}

  private final class Counter: Sendable {
    let versions = NIOLockedValueBox<[Int]>([])
    let connections = NIOLockedValueBox(0)
  }

  private final class Responder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    private let counter: Counter
    private let script: Script
    private var head: HTTPRequestHead?

    init(_ counter: Counter, _ script: @escaping Script) {
      self.counter = counter
      self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        counter.versions.withLockedValue { $0.append(head.version.major) }
        self.head = head
      case .body: return
      case .end: if let head { script(context.channel, head) }
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}

extension Channel {
  /// Sends a part of an answer.
  func send(_ part: HTTPServerResponsePart) { writeAndFlush(part, promise: nil) }

  /// Begins a stream of events.
  func sendStreamHead() {
    send(
      .head(.init(version: .http1_1, status: .ok, headers: ["content-type": "text/event-stream"])))
  }

  /// Sends some of a body.
  func send(_ text: some Sequence<UInt8>) { send(.body(.byteBuffer(ByteBuffer(bytes: text)))) }
}

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
  let port: Int
  /// The certificate, which is its own root.
  let certificateFile: String
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let counter: Counter

  init(certifiedFor address: String, offersHTTP2: Bool = false) throws {
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
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }.flatMap {
          channel.configureCommonHTTPServerPipeline { stream in
            stream.eventLoop.makeCompletedFuture {
              try stream.pipeline.syncOperations.addHandler(Responder(counter))
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
  }

  private final class Responder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let counter: Counter

    init(_ counter: Counter) { self.counter = counter }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head): counter.versions.withLockedValue { $0.append(head.version.major) }
      case .body: return
      case .end: answer(context)
      }
    }

    private func answer(_ context: ChannelHandlerContext) {
      let head = HTTPResponseHead(
        version: .http1_1, status: .ok, headers: ["content-length": "0"])
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}

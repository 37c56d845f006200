import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A server that answers every request over TLS, with a certificate made for it alone.
final class SecureServer: Sendable {
  let port: Int
  /// The certificate, which is its own root.
  let certificateFile: String
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let counter: Counter

  init(certifiedFor address: String) throws {
    certificateFile = try SecureServer.makeCertificate(for: address)
    let counter = Counter()
    self.counter = counter
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: certificateFile + ".key", format: .pem)))
    let context = try NIOSSLContext(configuration: configuration)
    channel = try ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLServerHandler(context: context))
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(Responder(counter))
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
  var requests: Int { counter.value.withLockedValue { $0 } }

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
    let value = NIOLockedValueBox(0)
  }

  private final class Responder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let counter: Counter

    init(_ counter: Counter) { self.counter = counter }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .end = unwrapInboundIn(data) else { return }
      counter.value.withLockedValue { $0 += 1 }
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

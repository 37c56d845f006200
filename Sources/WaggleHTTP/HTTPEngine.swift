import AsyncHTTPClient
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// The client below a gateway and its one event loop thread, started when the first call is made.
final class HTTPEngine: Sendable {
  private let limits: HTTPLimits
  private let proxy: ProxyRoute?
  private let certificates: String?
  private let looksUpNames: Bool
  private let started = NIOLockedValueBox<(HTTPClient, MultiThreadedEventLoopGroup)?>(nil)

  /// Keeps the settings; the certificates are a file of trusted roots, nil for the system's.
  init(for endpoint: Endpoint, limits: HTTPLimits, proxy: ProxyRoute?, certificates: String?) {
    self.limits = limits
    self.proxy = proxy
    self.certificates = certificates
    looksUpNames = !endpoint.isNumeric || proxy != nil
  }

  /// Closes the connections and ends the loop, but for one that a resolver may still answer: the
  /// second address of a host can come when its first has long been used.
  deinit {
    guard let (client, group) = started.withLockedValue({ $0 }) else { return }
    client.shutdown { [looksUpNames] _ in
      if !looksUpNames { group.shutdownGracefully { _ in } }
    }
  }

  /// The client, running.
  var client: HTTPClient {
    started.withLockedValue { started in
      if let (client, _) = started { return client }
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      let client = HTTPClient(eventLoopGroup: group, configuration: configuration)
      started = (client, group)
      return client
    }
  }

  private var configuration: HTTPClient.Configuration {
    var pool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: .seconds(30),
      concurrentHTTP1ConnectionsPerHostSoftLimit: limits.connections)
    pool.retryConnectionEstablishment = false
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: trust,
      redirectConfiguration: .disallow,
      timeout: .init(connect: .nanoseconds(Int64(limits.connect))),
      connectionPool: pool,
      proxy: proxy.map(HTTPEngine.proxy),
      decompression: .disabled)
    configuration.tracing.tracer = nil
    configuration.http1_1ConnectionDebugInitializer = AnswerGate.guardConnection
    configuration.http2StreamChannelDebugInitializer = AnswerGate.guardStream
    return configuration
  }

  private var trust: TLSConfiguration {
    var trust = TLSConfiguration.makeClientConfiguration()
    trust.minimumTLSVersion = .tlsv12
    if let certificates { trust.trustRoots = .file(certificates) }
    return trust
  }

  private static func proxy(_ route: ProxyRoute) -> HTTPClient.Configuration.Proxy {
    guard !route.isSOCKS else { return .socksServer(host: route.host, port: route.port) }
    let user = route.credentials.map { credentials in
      let (name, password) = credentials.cut(at: ":") ?? (credentials, "")
      return HTTPClient.Authorization.basic(username: name, password: password)
    }
    return .server(host: route.host, port: route.port, authorization: user)
  }
}

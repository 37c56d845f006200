import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What went wrong between this machine and the server, as one of the ways that differ for a user.
enum TransportFailure: Equatable, Sendable {
  // Nothing was sent.
  case unresolved, connectTimeout, crowded, certificate, roots, proxy
  case unsecured
  /// The system's number for why no connection came about.
  case unconnected(CInt)
  case unreached(String)
  // The request was sent, in whole or in part.
  case lostBeforeAnswer, lostWithinAnswer, silent, tooLarge, notHTTP

  /// Tells from an error of the client and from how far the exchange had come.
  init(_ error: any Error, isSent: Bool, isAnswering: Bool) {
    if isSent {
      self = TransportFailure.afterSending(error, isAnswering: isAnswering)
    } else {
      self = TransportFailure.beforeSending(error)
    }
  }

  private static func afterSending(_ error: any Error, isAnswering: Bool) -> TransportFailure {
    let lost = isAnswering ? lostWithinAnswer : lostBeforeAnswer
    if error is AnswerTooLarge { return .tooLarge }
    if error is DisorderlyAnswer { return .notHTTP }
    if let error = error as? HTTPParserError { return error == .invalidEOFState ? lost : .notHTTP }
    return lost
  }

  private static func beforeSending(_ error: any Error) -> TransportFailure {
    switch error {
    case let error as NIOConnectionError: hostFailure(error)
    case let error as IOError: .unconnected(error.errnoCode)
    case let error as HTTPClientError: clientFailure(error)
    case ChannelError.connectTimeout: .connectTimeout
    case NIOSSLError.noSuchFilesystemObject, NIOSSLError.failedToLoadCertificate: .roots
    case is BoringSSLError: .roots
    case is NIOSSLError, is NIOSSLExtraError: securityFailure(error)
    default: .unreached(String(describing: error))
    }
  }

  /// No address of a host could be connected to, or it has none.
  private static func hostFailure(_ error: NIOConnectionError) -> TransportFailure {
    guard let first = error.connectionErrors.first?.error else { return .unresolved }
    return beforeSending(first)
  }

  private static func clientFailure(_ error: HTTPClientError) -> TransportFailure {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout: .connectTimeout
    case .getConnectionFromPoolTimeout: .crowded
    case .httpProxyHandshakeTimeout, .socksHandshakeTimeout, .invalidProxyResponse,
      .proxyAuthenticationRequired:
      .proxy
    default: .unreached(error.shortDescription)
    }
  }

  private static func securityFailure(_ error: any Error) -> TransportFailure {
    if error as? NIOSSLExtraError == .failedToValidateHostname { return .certificate }
    if error as? NIOSSLError == .unableToValidateCertificate { return .certificate }
    let text = String(describing: error)
    return text.contains("CERTIFICATE_VERIFY_FAILED") ? .certificate : .unsecured
  }
}

import WaggleValues

/// Requests of any method and path: what `call` makes, for all that the catalogue lacks.
///
/// They are operations too, so that limits, `--read-only` and every layer over a gateway take them
/// for what they are: a `GET` reads, a `DELETE` destroys, anything else changes something.
extension Operation {
  /// The methods that a request may have.
  package static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  /// The first word of their command.
  package static let requestGroup = "call"

  private static let requests = methods.map(Operation.init(requestBy:))

  /// The operation of a request by a method; nil for another word.
  package static func request(_ method: String) -> Operation? {
    requests.first { $0.method == method }
  }

  /// Whether it is a request of any path.
  package var isRequest: Bool { group == Self.requestGroup }

  /// Whether it takes a body of which nothing is known.
  package var takesAnyBody: Bool { isRequest && effect != .read }

  private convenience init(requestBy method: String) {
    let effect: CallEffect =
      switch method {
      case "GET": .read
      case "DELETE": .destroy
      default: .change
      }
    let replay: Replay =
      switch method {
      case "GET": .safe
      case "PUT", "DELETE": .checkFirst
      default: .unsafe
      }
    self.init(
      id: "\(Self.requestGroup) \(method)", group: Self.requestGroup, action: method,
      method: method,
      path: "{path}", summary: "Make a request of your own",
      pathParameters: [
        Parameter(
          "path", .text, isRequired: true, length: 1...8192, form: .target,
          help: "The path and the query, as they are sent")
      ],
      success: Success(200, .any, isEnveloped: false), effect: effect, replay: replay,
      example: "call \(method) /api/v1/instances")
  }
}

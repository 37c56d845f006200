import NIOCore
import NIOHTTP1
import WaggleCatalogue

extension WireRequest {
  /// Takes a request as it came over a socket.
  ///
  /// The target may be a path or, as proxies send it, a whole address, of which the path counts.
  init(_ head: HTTPRequestHead, body: ByteBuffer) {
    var target = Substring(head.uri)
    if !target.hasPrefix("/"), let mark = target.firstIndex(of: ":"),
      target[mark...].hasPrefix("://")
    {
      let address = target[target.index(mark, offsetBy: 3)...]
      target = address.firstIndex(of: "/").map { address[$0...] } ?? "/"
    }
    let cut = target.utf8.firstIndex(of: UInt8(ascii: "?"))
    self.init(
      method: head.method.rawValue,
      path: String(cut.map { target[..<$0] } ?? target),
      query: cut.map { String(target[target.utf8.index(after: $0)...]) } ?? "",
      headers: head.headers.map { (name: $0.name.lowercased(), value: $0.value) },
      body: Array(body.readableBytesView))
  }
}

extension WireResponse {
  /// The head of the answer as it goes over a socket.
  ///
  /// A stated `content-length` is kept even where the body is shorter: so an answer is cut. The date
  /// is what clients whose clock is off count a `Retry-After` from.
  func head(closes: Bool, date: String) -> HTTPResponseHead {
    var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
    fields.replaceOrAdd(name: "date", value: date)
    if !fields.contains(name: "content-length"), status != 204 {
      fields.add(name: "content-length", value: "\(body.count)")
    }
    if closes { fields.replaceOrAdd(name: "connection", value: "close") }
    return HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
  }

  /// The head of an answer of which nobody knows how long its body will be.
  func streamHead(closes: Bool, date: String) -> HTTPResponseHead {
    var head = head(closes: closes, date: date)
    head.headers.remove(name: "content-length")
    return head
  }

  /// Whether the body breaks off before the length that its head states.
  var isCut: Bool {
    header("content-length").flatMap { Int($0) }.map { $0 > body.count } ?? false
  }
}

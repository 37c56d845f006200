import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import WaggleCatalogue
package import WaggleTime

/// Files: to the address that the API gave, without the key, which belongs to the API's origin.
extension HTTPGateway: Transfer {
  /// Sends a parcel and parks the strand until it has arrived.
  ///
  /// Plain HTTP is taken for this machine alone. A redirect is a refusal like any other.
  package func send(
    _ parcel: Parcel, of call: Call, on strand: Strand
  ) throws(CallFault) -> [UInt8] {
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    let request = try request(for: parcel, of: call)
    let exchange = HTTPExchange(limit: Parcel.mostBytes, clock: strand.strands)
    let task = engine.client.execute(request: request, delegate: exchange)
    task.futureResult.whenComplete { exchange.end($0) }
    let wake = wait(for: exchange, of: call, under: shield, on: strand)
    if wake != .completed {
      task.cancel()
      try settle(exchange, after: wake, of: call, on: strand)
    }
    let answer = exchange.answer
    if let error = exchange.failure {
      let failure = TransportFailure(
        error, isSent: exchange.isSent, isAnswering: answer.status != 0)
      throw .transport(failure, call, answer, at: endpoint, by: proxy, limits: limits)
    }
    guard 200...299 ~= answer.status else { throw .storeRefused(call, status: answer.status) }
    return answer.body
  }

  private func request(
    for parcel: Parcel, of call: Call
  ) throws(CallFault) -> HTTPClient.Request {
    let isSound = (try? Endpoint(parcel.origin, from: "the address of a file")) != nil
    guard isSound, parcel.place != nil else {
      throw .noAddress(call, parcel.content == nil ? "download_url" : "upload_url")
    }
    var headers = HTTPHeaders([("accept", "*/*")])
    if let content = parcel.content { headers.add(name: "content-type", value: content.type) }
    do {
      return try HTTPClient.Request(
        url: parcel.address, method: HTTPMethod(rawValue: parcel.method), headers: headers,
        body: parcel.content.map { .byteBuffer(ByteBuffer(bytes: $0.bytes)) })
    } catch {
      throw .unsendable(call)
    }
  }
}

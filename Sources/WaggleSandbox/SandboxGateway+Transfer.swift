package import WaggleCatalogue
package import WaggleTime

/// The store of files of the world, reached without a socket.
extension SandboxGateway: Transfer {
  /// Brings a parcel to the store or gets one, as over HTTP: without a key.
  package func send(
    _ parcel: Parcel, of call: Call, on strand: Strand
  ) throws(CallFault) -> [UInt8] {
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    guard let place = parcel.place else {
      throw .noAddress(call, parcel.content == nil ? "download_url" : "upload_url")
    }
    let headers = parcel.content.map { [(name: "content-type", value: $0.type)] } ?? []
    let request = WireRequest(
      method: parcel.method, path: place.path, query: place.query, headers: headers,
      body: parcel.content?.bytes ?? [])
    let answer = world.handle(request, at: strand.now)
    try wait(answer.latency, for: call, under: shield, on: strand)
    guard let response = answer.response else { throw .lost(call) }
    guard 200...299 ~= response.status else {
      throw .storeRefused(call, status: response.status)
    }
    return response.body
  }
}

import WaggleCatalogue
import WaggleTime
import WaggleValues

/// An exchange as an entry of an HTTP archive (HAR 1.2), its secrets taken out.
struct HAREntry {
  let exchange: WireExchange
  let mask: BodyMask

  /// The entry, in JSON.
  var json: String { value.json() }

  private var value: Value {
    let took = milliseconds(exchange.ended.nanoseconds &- exchange.begun.nanoseconds)
    return Value.record(pairs: [
      ("startedDateTime", .text(Timestamp(nanoseconds: exchange.begun.nanoseconds).text)),
      ("time", took), ("request", request), ("response", response),
      ("cache", Value.record(pairs: [])),
      ("timings", Value.record(pairs: [("send", .int(0)), ("wait", took), ("receive", .int(0))])),
    ])
  }

  private var request: Value {
    let sent = exchange.request
    var fields: [(String, Value)] = [
      ("method", .text(sent.method)),
      ("url", .text(mask.vault.clean(exchange.base + sent.path) + mask.query(of: exchange))),
      ("httpVersion", .text("HTTP/1.1")), ("cookies", .list(List())),
      ("headers", headers(sent.headers)), ("queryString", self.query),
      ("headersSize", .int(-1)), ("bodySize", .int(sent.body.count)),
    ]
    if !sent.body.isEmpty {
      let type = sent.headers.first { $0.name == "content-type" }?.value ?? ""
      let text = mask.text(of: sent.body, exchange.call.operation) ?? ""
      fields.append(
        ("postData", Value.record(pairs: [("mimeType", .text(type)), ("text", .text(text))])))
    }
    return Value.record(pairs: fields)
  }

  private var response: Value {
    let answer = exchange.response ?? WireResponse(status: 0)
    let type = answer.header("content-type") ?? ""
    var content: [(String, Value)] = [
      ("size", .int(answer.body.count)), ("mimeType", .text(type)),
    ]
    if let text = mask.text(of: answer, exchange.call.operation) {
      content.append(("text", .text(text)))
    }
    return Value.record(pairs: [
      ("status", .int(answer.status)), ("statusText", .text("")),
      ("httpVersion", .text("HTTP/1.1")), ("cookies", .list(List())),
      ("headers", headers(answer.headers)), ("content", Value.record(pairs: content)),
      ("redirectURL", .text(answer.header("location").map(mask.address) ?? "")),
      ("headersSize", .int(-1)), ("bodySize", .int(answer.body.count)),
    ])
  }

  private func headers(_ headers: [(name: String, value: String)]) -> Value {
    Self.list(
      headers.map { name, value in
        let isSecret = ["authorization", "cookie", "set-cookie", "proxy-authorization"]
          .contains(name)
        let shown = name == "location" ? mask.address(value) : mask.vault.clean(value)
        return Self.pair(name, isSecret ? Secret.mask : shown)
      })
  }

  private var query: Value {
    Self.list(mask.queryPairs(of: exchange).map(Self.pair))
  }

  private static func pair(_ name: String, _ value: String) -> Value {
    .record(pairs: [("name", .text(name)), ("value", .text(value))])
  }

  private static func list(_ values: [Value]) -> Value {
    // Pairs of texts nest nowhere near too deep.
    .list((try? List(values)) ?? List())
  }

  /// To a thousandth, as browsers have it.
  private func milliseconds(_ nanoseconds: Int) -> Value {
    .float(Double(nanoseconds / 1_000) / 1_000)
  }
}

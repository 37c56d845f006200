package import WaggleTime
import WaggleValues

/// Bytes on their way to or from a store outside of the API, at an address that it has signed.
package struct Parcel: Sendable {
  /// The absolute address; whoever has it may use it, so it stands in no message.
  package let address: String
  /// What is put there, with the kind of content that was announced; nil to get what is there.
  package let content: (type: String, bytes: [UInt8])?

  /// The most bytes that a parcel holds, for it is held in memory as a whole: 64 MiB.
  package static let mostBytes = 64 << 20

  /// Makes a parcel.
  package init(_ address: String, content: (type: String, bytes: [UInt8])? = nil) {
    self.address = address
    self.content = content
  }

  /// `PUT` or `GET`.
  package var method: String { content == nil ? "GET" : "PUT" }

  /// The scheme and the host, to which a connection is made.
  package var origin: String {
    guard let host = address.range(after: "://") else { return "" }
    return String(address[..<host] + address[host...].prefix { $0 != "/" && $0 != "?" })
  }

  /// The path and the query of the address, without scheme and host; nil for what is no address.
  package var place: (path: String, query: String)? {
    guard let host = address.range(after: "://") else { return nil }
    let rest = address[host...]
    let path = rest.drop { $0 != "/" }
    let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return (path.isEmpty ? "/" : String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }
}

extension String {
  /// Where it goes on behind a mark; nil without one.
  fileprivate func range(after mark: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) { return self.index(index, offsetBy: mark.count) }
      index = self.index(after: index)
    }
    return nil
  }
}

/// The port to the store of files: the bytes of a parcel go there or come from there, without the
/// key of the API, which is no business of the store's.
package protocol Transfer: AnyObject, Sendable {
  /// Sends a parcel, the strand parked meanwhile, and gives the bytes of the answer.
  ///
  /// - Parameters:
  ///   - parcel: What to put where, or from where to get it.
  ///   - call: The operation that this belongs to, for messages.
  ///   - strand: Who asks.
  /// - Returns: What was got; for what was put, whatever the store says, which is usually nothing.
  /// - Throws: What went wrong on the way, or that the store refused it; never with the address.
  func send(_ parcel: Parcel, of call: Call, on strand: Strand) throws(CallFault) -> [UInt8]
}

extension CallFault {
  /// What a store answers but a success: its own words are XML that tells nobody anything.
  package static func storeRefused(_ call: Call, status: Int) -> CallFault {
    CallFault(
      .refused, operation: call.operation.id, status: status, code: "store_refused",
      message: "the store of files answered \(status) to `\(call.spoken)`; its addresses last for "
        + "a while only, and one to put a file serves once")
  }

  /// A file that is too much for a parcel.
  package static func tooLargeForParcel(_ call: Call) -> CallFault {
    CallFault(
      .heldBack, operation: call.operation.id, code: "payload_too_large",
      message: "a file must be at most \(Parcel.mostBytes) bytes, but has more")
  }

  /// An address that is none, or a file that has none.
  package static func noAddress(_ call: Call, _ field: String) -> CallFault {
    CallFault(
      .malformed, operation: call.operation.id, code: "malformed_answer",
      message: "the answer to `\(call.spoken)` has no address as `\(field)`; a file that was never "
        + "put there has none")
  }
}

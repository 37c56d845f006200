import WaggleCatalogue
import WaggleEval
import WaggleTime
import WaggleValues

/// `files upload` and `files download`: a place is reserved or looked up by the API, the bytes go to
/// the store or come from there, and what is on this machine is written as a whole or not at all.
struct FileTransfer {
  /// Makes the calls, within the limits of the run.
  let gateway: any Gateway
  /// Brings the bytes.
  let transfer: any Transfer
  let files: ScriptFiles

  /// Does what a command says; gives the file, or what was written.
  func perform(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    call.operation.effect == .read
      ? try download(call, on: strand) : try upload(call, on: strand)
  }

  private func upload(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    let path = call.path.first ?? ""
    let bytes = try files.bytes(of: path, most: Parcel.mostBytes, on: strand)
    guard bytes.count <= Parcel.mostBytes else {
      throw Fault(.call(.tooLargeForParcel(call)))
    }
    let type = call.body?["content_type"]?.revealedText ?? ContentType.guessed(from: path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var body = Record()
    try? body.set("filename", .text(name))
    try? body.set("content_type", .text(type))
    let place = try record(of: "presignFileUpload", body: body, on: strand)
    guard let id = place["file_id"]?.revealedText,
      let address = place["upload_url"]?.revealedText, !address.isEmpty
    else { throw Fault(.call(.noAddress(call, "upload_url"))) }
    _ = try send(Parcel(address, content: (type, bytes)), of: call, on: strand)
    return .record(try record(of: "getFile", path: [id], on: strand))
  }

  private func download(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    let file = try record(of: "getFile", path: call.path, on: strand)
    guard let address = file["download_url"]?.revealedText, !address.isEmpty else {
      throw Fault(.call(.noAddress(call, "download_url")))
    }
    let given = call.query.last { $0.name == "to" }?.value.revealedText
    let path = given ?? Self.ownName(of: file)
    if given == nil { try files.refuseExisting(path) }
    let bytes = try send(Parcel(address), of: call, on: strand)
    try files.write(bytes, to: path)
    var written = Record(shape: RecordType.download.rootShape, values: [])
    try? written.set("path", .text(path))
    try? written.set("file_id", file["file_id"] ?? .null)
    try? written.set("filename", file["filename"] ?? .null)
    try? written.set("content_type", file["content_type"] ?? .null)
    try? written.set("size", .int(bytes.count))
    return .record(written)
  }

  /// The last step of the file's own name: nobody else says in which folder it is to be.
  private static func ownName(of file: Record) -> String {
    let name = file["filename"]?.revealedText ?? ""
    let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    let isPlain = !last.isEmpty && last != "." && last != ".." && !last.hasPrefix("~")
    return isPlain ? last : file["file_id"]?.revealedText ?? "file"
  }

  private func record(
    of id: String, path: [String] = [], body: Record? = nil, on strand: Strand
  ) throws(Fault) -> Record {
    guard let operation = Catalogue.beeOS.operation(id: id) else { return Record() }
    let call = Call(operation, path: path, body: body)
    do throws(CallFault) {
      try call.validate()
      guard case .record(let record) = try gateway.send(call, on: strand).data else {
        return Record()
      }
      return record
    } catch {
      throw Fault(.call(error))
    }
  }

  private func send(
    _ parcel: Parcel, of call: Call, on strand: Strand
  ) throws(Fault) -> [UInt8] {
    do throws(CallFault) { return try transfer.send(parcel, of: call, on: strand) } catch {
      throw Fault(.call(error))
    }
  }
}

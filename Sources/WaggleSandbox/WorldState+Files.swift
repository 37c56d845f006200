import WaggleCatalogue
import WaggleValues

/// The work of the group `files`, and the store behind its addresses.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func fileWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "presignFileUpload": try presign(target, at: now)
    case "getFile": try getFile(target, at: now)
    default: nil
    }
  }

  private mutating func presign(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let contentType = target.text("content_type") ?? ""
    // It has to come back as a header field, which holds nothing else.
    guard !contentType.isEmpty,
      contentType.utf8.allSatisfy({ (0x21...0x7E).contains($0) || $0 == 0x20 })
    else { throw .bad("content_type", "a content type such as text/plain") }
    let file = files.reserve(target.text("filename") ?? "", contentType, for: target.caller)
    var out = ObjectWriter()
    out.member("file_id", file.id)
    out.member(
      "upload_url", files.address(of: file, for: .upload, until: now + FileShelf.uploadLife))
    out.member(
      "download_url", files.address(of: file, for: .download, until: now + FileShelf.downloadLife))
    out.member("download_expires_in", FileShelf.downloadLife / 1000)
    out.end()
    return .data(out.bytes)
  }

  private func getFile(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    guard let file = files[target.id()] else { throw .notFound(target.id(), "file") }
    guard file.owner == target.caller else { throw foreign("file", file.id) }
    var out = ObjectWriter()
    out.member("file_id", file.id)
    out.member("filename", file.name)
    out.member("content_type", file.contentType)
    if let bytes = file.bytes {
      out.member("size", bytes.count)
      out.member(
        "download_url", files.address(of: file, for: .download, until: now + FileShelf.downloadLife)
      )
    }
    out.end()
    return .data(out.bytes)
  }

  /// Refuses a message with files that are not the caller's or have no bytes yet.
  ///
  /// The contract does not say what becomes of those; an agent could not read them.
  func refuseAttachments(of target: Target) throws(Refusal) {
    guard case .list(let list)? = target.body["attachments"] else { return }
    for attachment in list.elements {
      guard case .record(let attachment) = attachment else { continue }
      let id = attachment["file_id"]?.revealedText ?? ""
      guard let file = files[id] else { throw .notFound(id, "file") }
      guard file.owner == target.caller else { throw foreign("file", id) }
      guard file.bytes != nil else { throw .bad("attachments.file_id", "a file that was uploaded") }
    }
  }

  // MARK: The store

  /// Gives or takes the bytes of a file at one of its addresses; the faults of the way are as ever.
  mutating func transfer(
    _ request: WireRequest, _ luck: Luck, _ latency: Int, at now: Int
  ) throws(Refusal) -> World.Answer {
    if luck.isUnavailable { throw .unavailable }
    if luck.isReset { return World.Answer(response: nil, latency: latency) }
    let response = try moved(request, at: now)
    return World.Answer(response: luck.maybeCut(response), latency: latency)
  }

  private mutating func moved(_ request: WireRequest, at now: Int) throws(Refusal) -> WireResponse {
    guard !request.headers.contains(where: { $0.name == "authorization" }) else {
      throw .keyAtStorage
    }
    switch request.method {
    case "GET", "HEAD": return try download(request, at: now)
    case "PUT": return try upload(request, at: now)
    default: throw .noRoute(request.method, request.path)
    }
  }

  private func download(_ request: WireRequest, at now: Int) throws(Refusal) -> WireResponse {
    let file = try files.file(at: request.path, request.query, for: .download, now: now)
    guard let bytes = file.bytes else { throw .nothingUploaded(file.id) }
    let name = PercentEncoding.encode(file.name)
    return WireResponse(
      status: 200,
      headers: [
        ("content-type", file.contentType), ("content-length", String(bytes.count)),
        ("content-disposition", "attachment; filename*=UTF-8''\(name)"),
      ], body: bytes)
  }

  private mutating func upload(_ request: WireRequest, at now: Int) throws(Refusal) -> WireResponse
  {
    let file = try files.file(at: request.path, request.query, for: .upload, now: now)
    guard file.bytes == nil else { throw .uploadedBefore(file.id) }
    let contentType = request.headers.last { $0.name == "content-type" }?.value
    guard contentType == file.contentType else { throw .wrongContentType(file.contentType) }
    guard request.body.count <= FileShelf.mostBytes else {
      throw .tooLarge(max: FileShelf.mostBytes)
    }
    files.store(request.body, in: file)
    return WireResponse(status: 200, headers: [("content-length", "0")])
  }
}

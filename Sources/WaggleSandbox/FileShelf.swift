/// The files of a world: places reserved for them, their bytes, and the addresses that give and
/// take bytes.
///
/// An address stands for itself: it names a file, says until when it holds, and is signed, so that
/// it needs no key. The signatures come from the world's seed and protect nothing. Moments are
/// milliseconds since 1970.
struct FileShelf: Sendable {
  /// A file, or the place reserved for one.
  struct File: Sendable {
    let number: Int
    let owner: Owner
    let name: String
    let contentType: String
    /// What was uploaded; nil before.
    var bytes: [UInt8]?

    var id: String { "file_\(number)" }
  }

  /// What an address is for.
  enum Purpose: String, Sendable { case upload, download }

  /// The path under which all addresses are; no operation of the API is there.
  static let root = "/storage/"
  /// The most bytes of a file: 10 MiB, since the contract states none.
  static let mostBytes = 10_485_760
  /// How long an address to upload to holds, one of a screenshot, and one of a file: 15 minutes, 5
  /// minutes, 24 hours.
  static let uploadLife = 900_000
  static let screenshotLife = 300_000
  static let downloadLife = 86_400_000
  /// The most bytes of all files together; the oldest files go for the newest.
  private static let capacity = 134_217_728

  /// Where addresses begin: nowhere, until a door says where it stands.
  var base = "https://files.sandbox.invalid"
  private var files: [Int: File] = [:]
  private var lastNumber = 0
  /// The number of the oldest file that may still have bytes.
  private var oldest = 1
  private var stored = 0
  private let draws: Draws

  init(draws: Draws) { self.draws = draws }

  /// A file by its id; nil where there is none.
  subscript(id: String) -> File? {
    guard id.hasPrefix("file_"), let number = Int(id.dropFirst(5)), let file = files[number],
      file.id == id
    else { return nil }
    return file
  }

  /// Reserves a place for a file.
  mutating func reserve(_ name: String, _ contentType: String, for owner: Owner) -> File {
    lastNumber += 1
    let file = File(number: lastNumber, owner: owner, name: name, contentType: contentType)
    files[lastNumber] = file
    return file
  }

  /// Puts bytes into the place that was reserved for them.
  mutating func store(_ bytes: [UInt8], in file: File) {
    stored += bytes.count
    files[file.number]?.bytes = bytes
    while stored > Self.capacity, oldest < lastNumber {
      stored -= files.removeValue(forKey: oldest)?.bytes?.count ?? 0
      oldest += 1
    }
  }

  // MARK: Addresses

  /// An address that gives or takes the bytes of a file until a moment.
  func address(of file: File, for purpose: Purpose, until expiry: Int) -> String {
    let signature = signature(file.id, purpose, "\(expiry)")
    return "\(base)\(Self.root)\(file.id)?use=\(purpose.rawValue)&expires=\(expiry)"
      + "&signature=\(signature)"
  }

  /// The file that an address stands for.
  func file(at path: String, _ query: String, for purpose: Purpose, now: Int) throws(Refusal)
    -> File
  {
    let id = String(path.dropFirst(Self.root.count))
    let fields = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    func field(_ name: String) -> String {
      fields.last { $0.count == 2 && $0[0] == name }.map { String($0[1]) } ?? ""
    }
    let expires = field("expires")
    guard field("use") == purpose.rawValue, field("signature") == signature(id, purpose, expires)
    else { throw .wrongSignature }
    guard let expiry = Int(expires), now < expiry else { throw .addressExpired }
    guard let file = self[id] else { throw .notFound(id, "file") }
    return file
  }

  private func signature(_ id: String, _ purpose: Purpose, _ expires: String) -> String {
    let own = draws.of("signature \(purpose.rawValue) \(id) \(expires)")
    return own.digits("signature", 0) + own.digits("signature", 1)
  }
}

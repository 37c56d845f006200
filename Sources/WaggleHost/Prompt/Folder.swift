import Glibc

/// What completion and `save` need of the file system.
struct Folder: Sendable {
  /// The folder that relative paths begin in; empty for the process's own.
  let directory: String
  /// What `~/` stands for; nil without a HOME.
  let home: String?

  /// The path that a person's text means.
  func path(_ typed: String) -> String {
    if typed.hasPrefix("~/"), let home { return home + typed.dropFirst() }
    return typed.hasPrefix("/") || directory.isEmpty ? typed : directory + "/" + typed
  }

  /// The names in a folder, folders with a `/` behind them, at most a thousand; none where it cannot
  /// be read.
  func names(in folder: String) -> [String] {
    let path = path(folder.isEmpty ? "." : folder)
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while names.count < 1_000, let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      let isFolder = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? name + "/" : name)
    }
    return names
  }

  /// Writes a new file; gives the reason where it cannot be, also where there is one already.
  func write(_ text: String, to typed: String) -> String? {
    let file = open(path(typed), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      return errno == EEXIST ? "there is one already" : String(cString: strerror(errno))
    }
    defer { close(file) }
    let failure = DescriptorSink(descriptor: file).write(Array(text.utf8))
    return failure == 0 ? nil : String(cString: strerror(failure))
  }

  /// The variables of this process's environment, `NAME=value`; none where the system does not say.
  static var environment: [String] {
    let file = open("/proc/self/environ", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    let bytes = Streams.readAll(descriptor: file).bytes ?? []
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Their names.
  static var environmentNames: [String] {
    environment.map { String($0.prefix { $0 != "=" }) }.filter { !$0.isEmpty }
  }

  /// Makes a folder and those above it, for their owner alone.
  static func make(_ path: String) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
  }
}

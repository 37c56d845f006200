import CHost
import Glibc

/// Puts a whole text in the place of what a file holds, in one step: nobody sees half of it, and a
/// failure leaves the file as it was.
struct FileReplacement {
  /// Where the file is or will be; no link.
  let path: String
  /// The permissions that it is to have.
  let mode: mode_t
  /// Whose it is to be, where the system lets it; nil for whoever writes.
  var owner: (user: uid_t, group: gid_t)?

  /// Writes beside the file and moves that into its place; gives the system's error, 0 without one.
  func write(_ text: String) -> Int32 { write(Array(text.utf8)) }

  /// Writes bytes in the same way.
  func write(_ bytes: [UInt8]) -> Int32 {
    var pattern = Array((path + ".waggle-XXXXXX").utf8CString)
    let file = host_temporary(&pattern)
    guard file >= 0 else { return errno }
    var failure = DescriptorSink(descriptor: file).write(bytes)
    if let owner { _ = fchown(file, owner.user, owner.group) }
    if failure == 0, fchmod(file, mode) != 0 { failure = errno }
    // Some file systems cannot be asked to wait for the disk.
    if failure == 0, fsync(file) != 0, errno != EINVAL { failure = errno }
    close(file)
    if failure == 0, rename(pattern, path) != 0 { failure = errno }
    if failure != 0 { unlink(pattern) }
    return failure
  }
}

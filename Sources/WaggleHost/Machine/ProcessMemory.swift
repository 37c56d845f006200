import CHost
import Glibc
import WaggleEval

/// The memory of this process, and how much of it a run may have.
enum ProcessMemory {
  /// What a run may have where nothing else is said: 2 GiB, or three quarters of a smaller machine.
  static let usualLimit: Int = {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let group = Streams.readAll(file: "/sys/fs/cgroup/memory.max").flatMap {
      Int(String(decoding: $0, as: UTF8.self).prefix { $0.isNumber })
    }
    let room = min(machine > 0 ? machine : .max, group ?? .max)
    return min(2 << 30, room / 4 * 3)
  }()

  /// The gauge of a run.
  static func gauge(limit: Int?) -> MemoryGauge {
    MemoryGauge(limit: limit ?? usualLimit, used: { used }, giveBack: { host_trim_memory() })
  }

  /// The bytes that the process has in memory; 0 where the system does not say.
  private static var used: Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// The bytes of a size as a person writes it: `512M`, `2GiB`, `1.5G`; nil for another text.
  static func bytes(_ text: String) -> Int? {
    let units: [(String, Double)] = [
      ("KIB", 0x1p10), ("MIB", 0x1p20), ("GIB", 0x1p30), ("K", 0x1p10), ("M", 0x1p20),
      ("G", 0x1p30), ("B", 1), ("", 1),
    ]
    let text = text.uppercased()
    guard let (name, unit) = units.first(where: { text.hasSuffix($0.0) }) else { return nil }
    let digits = text.dropLast(name.count).drop { $0 == " " }
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let number = Double(digits), number > 0, number * unit < 0x1p62
    else { return nil }
    return Int(number * unit)
  }
}

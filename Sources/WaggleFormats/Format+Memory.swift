extension Format {
  /// About how many bytes a text of this format takes as a value: by its commas, brackets and lines.
  ///
  /// It counts in single bytes, without branches and in blocks that a byte can count, so that it
  /// runs on sixteen bytes at once and costs little beside the reading.
  package static func memoryNeeded(for text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      var size = bytes.count
      while !rest.isEmpty {
        let block = UnsafeBufferPointer(rebasing: rest.prefix(255))
        var parts: UInt8 = 0
        var values: UInt8 = 0
        for byte in block {
          parts &+= (byte == 0x2C ? 1 : 0) | (byte == 0x3A ? 1 : 0)
          values &+= byte & 0xDF == 0x5B ? 1 : 0
          values &+= (byte == 0x0A ? 1 : 0) | (byte == 0x2D ? 1 : 0)
        }
        size += Int(parts) * 24 + Int(values) * 96
        rest = rest.dropFirst(block.count)
      }
      return size
    }
  }
}

extension Format {
  /// About how many bytes a text of this format takes as a value: by its commas, brackets and lines.
  package static func memoryNeeded(for text: String) -> Int {
    var size = text.utf8.count
    for byte in text.utf8 {
      switch byte {
      case 0x2C, 0x3A: size += 24
      case 0x5B, 0x7B, 0x0A, 0x2D: size += 96
      default: break
      }
    }
    return size
  }
}

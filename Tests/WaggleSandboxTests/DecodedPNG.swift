import Glibc
import Testing

/// A PNG file as Python's zlib reads it, which knows nothing of how it was written.
struct DecodedPNG {
  let width: Int
  let height: Int
  /// Each row's pixels, as red, green, blue in hexadecimal digits.
  let rows: [String]

  /// Checks every checksum of the file and undoes its filters; a row is given once for all below it
  /// that are alike.
  private static let program = """
    struct, sys, zlib = map(__import__, ['struct', 'sys', 'zlib'])
    data = open(sys.argv[1], 'rb').read()
    assert data[:8] == bytes([137, 80, 78, 71, 13, 10, 26, 10])
    at, chunks = 8, []
    while at < len(data):
        size, name = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        assert struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(name + body)
        chunks.append((name, body))
        at += 12 + size
    assert at == len(data) and [c[0] for c in chunks] == [b'IHDR', b'PLTE', b'IDAT', b'IEND']
    width, height, depth, kind, *rest = struct.unpack('>IIBBBBB', chunks[0][1])
    assert (depth, kind, rest) == (8, 3, [0, 0, 0])
    palette = chunks[1][1]
    pixels = zlib.decompress(chunks[2][1])
    assert len(pixels) == height * (width + 1)
    print(width, height)
    before = bytes(width)
    for row in range(height):
        filter, line = pixels[row * (width + 1)], pixels[row * (width + 1) + 1:(row + 1) * (width + 1)]
        assert filter in (0, 2)
        if filter == 2:
            line = before if not any(line) else bytes((a + b) % 256 for a, b in zip(line, before))
        if line != before or row == 0:
            shown = ''.join(palette[3 * p:3 * p + 3].hex() for p in line)
        print(shown)
        before = line
    """

  init(_ bytes: [UInt8]) throws {
    var path = Array("/tmp/waggle-png-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    try #require(descriptor >= 0)
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    let text = try Self.output("python3 -c '\(Self.program.replacing("'", with: "\"")) ' \(name)")
    let lines = text.split(separator: "\n").map(String.init)
    let size = try #require(lines.first).split(separator: " ").compactMap { Int($0) }
    try #require(size.count == 2 && lines.count == size[1] + 1)
    (width, height, rows) = (size[0], size[1], Array(lines.dropFirst()))
  }

  /// The colour of a pixel: `f5b82e`.
  func colour(_ x: Int, _ y: Int) -> String {
    String(rows[y].dropFirst(6 * x).prefix(6))
  }

  private static func output(_ command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&part, 1, part.count, pipe)
      if count == 0 { break }
      text += part[..<count]
    }
    try #require(pclose(pipe) == 0)
    return String(decoding: text, as: UTF8.self)
  }
}

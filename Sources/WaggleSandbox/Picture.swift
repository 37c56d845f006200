/// A picture of few colours: boxes painted one over another on a dark ground.
///
/// What is outside of it is cut off, so nothing that is painted can be out of range.
struct Picture {
  /// What can be seen on a screen of the sandbox.
  enum Colour: UInt8, CaseIterable {
    case ground, panel, ink, faint, accent, left, right, middle

    /// Red, green and blue.
    var rgb: [UInt8] {
      switch self {
      case .ground: [0x14, 0x18, 0x1F]
      case .panel: [0x2A, 0x31, 0x3D]
      case .ink: [0xF2, 0xEF, 0xE6]
      case .faint: [0x7C, 0x86, 0x96]
      case .accent: [0xF5, 0xB8, 0x2E]
      case .left: [0x4C, 0xC3, 0x8A]
      case .right: [0xE5, 0x5D, 0x5D]
      case .middle: [0x5B, 0x9D, 0xF5]
      }
    }
  }

  /// Rows that are alike, from left to right: so many pixels of a colour, then so many of another.
  struct Band: Equatable {
    let rows: Int
    var runs: [Run]
  }

  /// Pixels of one colour side by side.
  struct Run: Equatable {
    let colour: UInt8
    var count: Int
  }

  private struct Patch {
    let x: Range<Int>
    let y: Range<Int>
    let colour: Colour
  }

  let width: Int
  let height: Int
  private var patches: [Patch] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Paints a box over what is there.
  mutating func fill(_ box: ScreenBox, _ colour: Colour) {
    let x = box.x.clamped(to: 0..<width)
    let y = box.y.clamped(to: 0..<height)
    if !x.isEmpty, !y.isEmpty { patches.append(Patch(x: x, y: y, colour: colour)) }
  }

  /// Paints a line of text whose points are squares of so many pixels, from an upper left corner.
  mutating func write(_ text: String, x: Int, y: Int, scale: Int, _ colour: Colour) {
    let columns = max((width - x) / (4 * scale) + 1, 0)
    for (place, scalar) in text.unicodeScalars.prefix(columns).enumerated() {
      let left = x + place * 4 * scale
      for dot in Glyphs.dots(of: scalar) {
        let box = ScreenBox(
          x: left + dot.x.lowerBound * scale, y: y + dot.row * scale,
          width: dot.x.count * scale, height: scale)
        fill(box, colour)
      }
    }
  }

  /// The picture from top to bottom, each row once.
  var bands: [Band] {
    let edges = Set(patches.flatMap { [$0.y.lowerBound, $0.y.upperBound] } + [0, height]).sorted()
    return zip(edges, edges.dropFirst()).map { top, bottom in
      Band(rows: bottom - top, runs: runs(at: top))
    }
  }

  private func runs(at row: Int) -> [Run] {
    var pixels = [UInt8](repeating: Colour.ground.rawValue, count: width)
    for patch in patches where patch.y.contains(row) {
      for x in patch.x { pixels[x] = patch.colour.rawValue }
    }
    var runs: [Run] = []
    for pixel in pixels {
      if runs.last?.colour == pixel {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(Run(colour: pixel, count: 1))
      }
    }
    return runs
  }
}

/// A box of a screen, in pixels from its upper left corner.
struct ScreenBox: Equatable {
  let x: Range<Int>
  let y: Range<Int>

  init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x..<(x + max(width, 0))
    self.y = y..<(y + max(height, 0))
  }

  /// Whether a pixel is in it.
  func contains(_ point: ScreenPoint) -> Bool { x.contains(point.x) && y.contains(point.y) }

  /// Its corners, as Android writes them: `[0,0][1080,120]`.
  var bounds: String {
    "[\(x.lowerBound),\(y.lowerBound)][\(x.upperBound),\(y.upperBound)]"
  }
}

/// A pixel of a screen, counted from its upper left corner.
struct ScreenPoint: Equatable {
  var x: Int
  var y: Int
}

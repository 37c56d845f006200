import Testing

@testable import WaggleSandbox

@Suite("A picture as a PNG file")
struct PNGWriterTests {
  private func hex(_ colour: Picture.Colour) -> String {
    colour.rgb.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  @Test("boxes are painted one over another, and what is outside is cut off")
  func boxes() throws {
    var picture = Picture(width: 7, height: 5)
    picture.fill(ScreenBox(x: 1, y: 1, width: 4, height: 2), .ink)
    picture.fill(ScreenBox(x: 2, y: 2, width: 1, height: 9), .accent)
    picture.fill(ScreenBox(x: -5, y: 4, width: 6, height: 6), .left)
    picture.fill(ScreenBox(x: 9, y: 0, width: 6, height: 6), .right)
    picture.fill(ScreenBox(x: 0, y: 0, width: 0, height: 6), .right)
    let png = try DecodedPNG(PNGWriter.file(of: picture))
    let letters: [Character: String] = [
      ".": hex(.ground), "i": hex(.ink), "a": hex(.accent), "l": hex(.left),
    ]
    let drawn = [".......", ".iiii..", ".iaii..", "..a....", "l.a...."]
    #expect((png.width, png.height) == (7, 5))
    #expect(png.rows == drawn.map { row in row.map { letters[$0] ?? "" }.joined() })
  }

  @Test("a run of any length comes out as long as it went in")
  func lengths() throws {
    // One row for each length from 1 to 600, which takes every code of the compression.
    var picture = Picture(width: 600, height: 600)
    for length in 1...600 {
      picture.fill(ScreenBox(x: 0, y: length - 1, width: length, height: 1), .middle)
    }
    let png = try DecodedPNG(PNGWriter.file(of: picture))
    for length in 1...600 {
      let row =
        String(repeating: hex(.middle), count: length)
        + String(repeating: hex(.ground), count: 600 - length)
      #expect(png.rows[length - 1] == row)
    }
  }

  @Test("letters are three points wide and five high")
  func letters() throws {
    var picture = Picture(width: 16, height: 5)
    picture.write("Hh1é", x: 0, y: 0, scale: 1, .ink)
    let png = try DecodedPNG(PNGWriter.file(of: picture))
    let rows = png.rows.map { row in
      (0..<16).map {
        png.rows.isEmpty ? "" : row.dropFirst(6 * $0).hasPrefix(hex(.ink)) ? "#" : "."
      }
      .joined()
    }
    #expect(
      rows == [
        "#.#.#.#..#..###.",
        "#.#.#.#.##..###.",
        "###.###..#..###.",
        "#.#.#.#..#..###.",
        "#.#.#.#.###.###.",
      ])
  }
}

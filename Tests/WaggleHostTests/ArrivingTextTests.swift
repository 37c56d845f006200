import Testing

@testable import WaggleHost

@Suite("A text that arrives in pieces")
struct ArrivingTextTests {
  @Test("is the same wherever it is cut", arguments: ["", "plain", "aé🐝z", "🐝🐝", "e\u{301}x"])
  func cuts(_ text: String) {
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var arriving = ArrivingText()
        for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] {
          #expect(arriving.take(piece) == nil)
        }
        #expect(arriving.isWhole)
        #expect(arriving.text == text)
      }
    }
  }

  @Test(
    "says how far it is text",
    arguments: [
      ([0x61, 0xFF, 0x62], 1), ([0xC3, 0xA9, 0x80], 2), ([0xED, 0xA0, 0x80], 0),
      ([0x61, 0xC0, 0xAF], 1), ([0xF8, 0x80, 0x80, 0x80, 0x80], 0), ([0x80], 0),
    ] as [([UInt8], Int)])
  func notText(_ bytes: [UInt8], _ offset: Int) {
    for cut in 0...bytes.count {
      var arriving = ArrivingText()
      let found = arriving.take(bytes[..<cut]) ?? arriving.take(bytes[cut...])
      #expect(found == offset, "cut at \(cut)")
      var begun = ArrivingText()
      #expect(begun.begin(bytes[..<cut]) ?? begun.take(bytes[cut...]) == offset, "cut at \(cut)")
    }
  }

  @Test("may begin in its own place", arguments: ["", "plain", "aé🐝z", "🐝🐝", "e\u{301}x"])
  func begins(_ text: String) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var arriving = ArrivingText()
      #expect(arriving.begin(bytes[..<cut]) == nil)
      #expect(arriving.take(bytes[cut...]) == nil)
      #expect(arriving.isWhole)
      #expect(arriving.text == text)
    }
  }

  @Test("is not whole where a character is begun and not ended")
  func begun() {
    var arriving = ArrivingText()
    #expect(arriving.take([0x61, 0xF0, 0x9F, 0x90]) == nil)
    #expect(!arriving.isWhole)
    #expect(arriving.text == "a")
  }
}

extension ArrivingText {
  /// Begins with bytes that are at hand.
  fileprivate mutating func begin(_ bytes: ArraySlice<UInt8>) -> Int? {
    begin(bytes.count + 1) { room in
      _ = room.update(fromContentsOf: bytes)
      return (bytes.count, isASCII: bytes.allSatisfy { $0 < 0x80 })
    }
  }
}

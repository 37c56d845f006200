import Glibc
import WaggleCatalogue
import WaggleCheck
import WaggleRender
import WaggleSyntax
import WaggleText

// What `scripts/fuzz` runs: libFuzzer makes bytes, and whatever they are they must be read, checked
// and laid out without a crash, a hang or a layout that changes what a script means. Before that,
// ten thousand right scripts are, of which the tests have time for a few hundred only.

/// libFuzzer's loop; it ends by itself.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Ends the process where something holds that must not.
func require(_ holds: Bool, _ what: StaticString) {
  if !holds { fatalError("\(what)") }
}

func attempt(_ bytes: [UInt8], as name: String) {
  guard let source = try? Source(name: name, bytes: bytes) else { return }
  var sources = SourceMap()
  let id = sources.add(source)
  for mode in [Parser.Mode.file, .prompt] {
    let (script, mistakes) = Parser.parse(source, id: id, mode: mode)
    let checked = Checker.check(
      script, mode: mode == .file ? .script : .shown, catalogue: .beeOS)
    let end = source.text.utf8.count
    for span in (mistakes + checked.diagnostics).map(\.span) {
      require(
        0 <= span.lower && span.lower <= span.upper && span.upper <= end, "a span lies outside")
    }
    _ = Renderer(style: .plain, width: 80, sources: sources).text(
      of: mistakes + checked.diagnostics)
  }
  guard let text = Formatter.format(source, id: id).text else { return }
  if !source.isMarkdown {
    require(TreeText.of(text) == TreeText.of(source.text), "the layout changes what is meant")
  }
  let again = Formatter.format(Source(name: name, text: text), id: id).text
  require(again == text, "the layout of a layout is another")
}

for seed in 0..<UInt64(10_000) {
  let script = RandomScript.make(seed: seed)
  require(!TreeText.of(script).hasPrefix("!"), "a right script is none")
  attempt(Array(script.utf8), as: "fuzz")
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runFuzzer(&count, &arguments) { start, count in
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    attempt(bytes, as: bytes.first == UInt8(ascii: "#") ? "fuzz.md" : "fuzz")
    return 0
  })

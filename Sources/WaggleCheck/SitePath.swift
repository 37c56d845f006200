/// The place that a block gives to what stands in it, and the ordinals of its words.
///
/// `step "start"/for#1[17]/` and then, per word, `start#1`, `start#2`. Ordinals count per block and
/// word, so that an edit in one block moves nothing in another.
final class SitePath {
  private let prefix: [Site.Part]
  private let parent: SitePath?
  private var ordinals: [String: Int] = [:]
  /// Whether an effect stands below, so that a counter on the way is needed.
  private(set) var hasEffect = false

  /// Begins a path: of a script, of a function, of a line of the prompt.
  init(_ text: String) {
    prefix = text.isEmpty ? [] : [.text(text)]
    parent = nil
  }

  private init(_ prefix: [Site.Part], parent: SitePath) {
    self.prefix = prefix
    self.parent = parent
  }

  /// The next `word#n` of this block.
  func label(_ word: String) -> String {
    let ordinal = ordinals[word, default: 0] + 1
    ordinals[word] = ordinal
    return "\(word)#\(ordinal)"
  }

  /// The label of a step: its title, with an ordinal from the second of that title on.
  func label(stepTitled title: String) -> String {
    let word = "step \"\(title)\""
    let ordinal = ordinals[word, default: 0] + 1
    ordinals[word] = ordinal
    return ordinal == 1 ? word : "\(word)#\(ordinal)"
  }

  /// The place that a label has in this block.
  func site(labelled label: String) -> Site { Site(parts: joined(prefix, label)) }

  /// The place of the next effect of a word.
  func effect(_ word: String) -> Site {
    noteEffect()
    return site(labelled: label(word))
  }

  /// The path of a block behind a label.
  func below(_ label: String) -> SitePath { SitePath(joined(prefix, label + "/"), parent: self) }

  /// The path of a block behind a label that runs many times, counted in a slot.
  func below(_ label: String, counter: Slot) -> SitePath {
    SitePath(joined(prefix, label + "[") + [.counter(counter), .text("]/")], parent: self)
  }

  /// Takes note of an effect in this block.
  func noteEffect() {
    hasEffect = true
    parent?.noteEffect()
  }

  private func joined(_ parts: [Site.Part], _ text: String) -> [Site.Part] {
    guard case .text(let last) = parts.last else { return parts + [.text(text)] }
    return parts.dropLast() + [.text(last + text)]
  }
}

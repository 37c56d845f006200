import WaggleFormats
import WaggleText
import WaggleValues

/// What a regular expression is made of: compiled once where its text is known before the run.
struct PatternOperand {
  private let node: Node
  private let known: Pattern?

  init(_ node: Node) {
    self.node = node
    if let constant = node as? ConstantNode, case .text(let source) = constant.address.pointee {
      known = try? Pattern(source)
    } else {
      known = nil
    }
  }

  /// Evaluates it.
  func value(_ f: Frame) throws(Raise) -> Value { try node.value(f) }

  /// The pattern, and whether its text is a secret.
  func pattern(_ f: Frame) throws(Raise) -> (pattern: Pattern, isSecret: Bool) {
    let value = try node.value(f)
    return (try pattern(of: value), value.kind == .secret)
  }

  /// The pattern of the operand's value.
  func pattern(of value: Value) throws(Raise) -> Pattern {
    if let known { return known }
    guard let source = value.revealedText else { throw Raise(.notPattern(value), at: node.span) }
    do throws(PatternError) { return try Pattern(source) } catch {
      throw Raise(value.kind == .secret ? .secretNotPattern : .pattern(error), at: node.span)
    }
  }
}

extension Node {
  /// Searches with a pattern, and turns what it refuses into a fault at a place.
  final func attemptMatch<R>(
    at span: Span, _ body: () throws(PatternError) -> R
  ) throws(Raise) -> R {
    do throws(PatternError) { return try body() } catch {
      throw Raise(.pattern(error), at: span)
    }
  }
}

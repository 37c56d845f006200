import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks `.name`, `base.name`, `base?.name`, and `$env.NAME`.
  func field(_ base: Expression?, _ name: Name, optional: Bool, _ span: Span) -> Typed {
    guard let base else {
      guard let subject = subjects.last else {
        report(.noSubject(span))
        return .broken(span)
      }
      looks += 1
      return field(
        of: Typed(.local(subject.slot), subject.schema, span), name, optional: optional, span)
    }
    if base.isEnvironment {
      probe(name.text, .environment)
      let constant = CheckedExpression(.constant(.text(name.text)), name.span)
      return Typed(.environment(constant, sites.effect("$env")), .any, span)
    }
    return field(of: check(base), name, optional: optional, span)
  }

  /// Reads a field of a value, which must have it as far as is known.
  func field(of base: Typed, _ name: Name, optional: Bool, _ span: Span) -> Typed {
    guard let schema = fieldSchema(of: base.schema, name, optional: optional) else {
      return .broken(span)
    }
    defer { cacheCount += 1 }
    return Typed(
      .field(base.expression, name.text, optional: optional, cache: cacheCount), schema, span)
  }

  /// What is known of a field; reports one that cannot be there and gives nil.
  func fieldSchema(of schema: Schema, _ name: Name, optional: Bool) -> Schema? {
    probe(name.text, .field(of: schema))
    switch schema.family {
    case nil: return .any
    case .null where optional: return .null
    case .record:
      guard let names = schema.fieldNames, !names.contains(name.text), !optional else {
        return schema.known(name.text)
      }
      report(unknownField(name, of: schema, names))
      return nil
    default:
      report(.noFields(schema, name))
      return nil
    }
  }

  /// The diagnostic for a field that a record does not have, with the likeliest thing meant.
  private func unknownField(_ name: Name, of schema: Schema, _ names: [String]) -> Diagnostic {
    if let type = schema.type {
      for field in type.fields {
        if case .choice(let values, _) = field.schema, values.contains(name.text) {
          return .unknownField(
            name, type.name, suggestion: nil, condition: "\(field.name) == \(name.text)")
        }
      }
    }
    return .unknownField(
      name, schema.type?.name ?? "the record",
      suggestion: NearestName.of(name.text, among: names), among: schema.type == nil ? names : [])
  }

  /// Checks `base[index]`.
  func index(_ base: Expression, _ index: Expression, _ span: Span) -> Typed {
    if base.isEnvironment {
      let name = wanted(index, .text, as: "the name of a variable")
      return Typed(.environment(name.expression, sites.effect("$env")), .any, span)
    }
    let base = check(base)
    let place = check(index, .value)
    let whole = CheckedExpression.Kind.index(base.expression, place.expression)
    switch base.schema.family {
    case nil: return Typed(whole, .any, span)
    case .list:
      _ = expect(place, .int, as: "the index of a list")
      return Typed(whole, base.schema.element, span)
    case .record:
      guard case .text(let key) = expect(place, .text, as: "the key of a record").constant else {
        return Typed(whole, .any, span)
      }
      guard
        let schema = fieldSchema(of: base.schema, Name(key, place.span), optional: false)
      else { return .broken(span) }
      return Typed(whole, schema, span)
    default:
      report(.noIndex(base.schema, base.span))
      return .broken(span)
    }
  }

  /// Checks `base[lower..upper]`.
  func slice(
    _ base: Expression, _ lower: Expression?, _ upper: Expression?, _ span: Span
  ) -> Typed {
    let base = check(base)
    let bounds = [lower, upper].map { bound in
      bound.map { expect(check($0, .value), .int, as: "a bound of a slice").expression }
    }
    switch base.schema.family {
    case nil, .list: break
    default:
      report(.noIndex(base.schema, base.span))
      return .broken(span)
    }
    return Typed(.slice(base.expression, bounds[0], bounds[1]), base.schema, span)
  }
}

extension Expression {
  /// Whether this is `$env`.
  fileprivate var isEnvironment: Bool {
    if case .variable(let name) = kind { name.text == "env" } else { false }
  }
}

import WaggleValues

/// Decides where a list goes on that is read from place to place: by an opaque text that each page
/// hands out, or by the greatest offset seen, without its calls.
///
/// What comes in are pages; what goes out is the next place. Nothing can be read ahead, and nothing
/// slips away: a place is a record's, not a number of records. A server that hands out the same
/// place again, or shows nothing new for ever, is a fault.
struct CursorMachine {
  /// A place of a list.
  enum Place: Equatable {
    /// A text that means something to the server alone.
    case opaque(String)
    /// The offset of a record; what is behind it follows.
    case offset(Int)

    /// The place as a query parameter.
    var value: Value {
      switch self {
      case .opaque(let text): .text(text)
      case .offset(let number): .int(number)
      }
    }

    /// Takes it from what a script gives.
    init?(_ value: Value) {
      switch value {
      case .text(let text): self = .opaque(text)
      case .int(let number): self = .offset(number)
      default: return nil
      }
    }
  }

  /// What to do next.
  enum Action: Equatable {
    /// Read what follows a place; nil for the start.
    case read(from: Place?)
    /// The list is whole.
    case complete
    /// The pages make no sense, which completes the sentence `the list …`.
    case fault(String)
  }

  private(set) var rows: RowSet
  private let isRising: Bool
  private let size: Int
  private let limit: Int
  private var place: Place?
  private var places: Set<String> = []
  private var stale = 0

  /// Begins at a place.
  ///
  /// - Parameters:
  ///   - place: Where the script wants it to begin; nil for the start.
  ///   - isRising: Whether places are offsets of records, which rise.
  ///   - size: How many records a page is asked for.
  ///   - limit: The most records that are wanted.
  ///   - idField: The field by which a record is known again.
  init(from place: Place?, isRising: Bool, size: Int, limit: Int?, idField: String) {
    self.place = place
    self.isRising = isRising
    self.size = size
    self.limit = limit ?? .max
    rows = RowSet(by: idField)
  }

  /// The reading begins.
  func began() -> Action { .read(from: place) }

  /// A page came, with what it says of the next one.
  mutating func came(_ page: [Value], next: String?, hasMore: Bool?) -> Action {
    let added = rows.add(page)
    if rows.values.count >= limit { return .complete }
    stale = added == 0 ? stale + 1 : 0
    if stale > PageMachine.mostStale { return .fault("gives the same records again and again") }
    return isRising ? rise(after: page, next, hasMore) : goOn(to: next)
  }

  private mutating func goOn(to next: String?) -> Action {
    guard let next, !next.isEmpty else { return .complete }
    guard places.insert(next).inserted, place != .opaque(next) else {
      return .fault("goes round in a circle: it gives the place of a page twice")
    }
    place = .opaque(next)
    return .read(from: place)
  }

  private mutating func rise(
    after page: [Value], _ next: String?, _ hasMore: Bool?
  ) -> Action {
    if hasMore == false { return .complete }
    if hasMore == nil, page.count < size { return .complete }
    guard let offset = next.flatMap({ Int($0) }) ?? page.last?.offset else { return .complete }
    if case .offset(let last)? = place, offset <= last {
      return .fault("does not go on: after record \(last) it goes to \(offset)")
    }
    place = .offset(offset)
    return .read(from: place)
  }
}

extension Value {
  /// Where a row stands in its channel.
  fileprivate var offset: Int? {
    if case .record(let record) = self, case .int(let offset)? = record["offset"] {
      offset
    } else {
      nil
    }
  }
}

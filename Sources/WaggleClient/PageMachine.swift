import WaggleValues

/// Decides which pages of a list are read, so that no record is lost or doubled though the list
/// changes meanwhile: pages by number or by offset, without their calls.
///
/// What comes in are pages; what goes out are the next ones to read, several at once where the API
/// told how many records there are. Records that move from page to page are known by their ids. One
/// that comes again is dropped. One that slips to a page that was read already, since others before
/// it are gone, is found: each page shows the last record of the one before it again, and where it
/// does not, the page is not taken and the reading goes on further up. That is sound where the
/// records keep their order among themselves, whatever comes and goes. Where they do not, fewer
/// come than the API counts, and the list is read once more.
struct PageMachine {
  /// A page that was read.
  typealias Page = (window: PageWindow, rows: [Value], total: Int?)

  /// What to do next.
  enum Action: Equatable {
    /// Read these, in any order, and hand them over in theirs.
    case read([PageWindow])
    /// The list is whole.
    case complete
    /// The pages make no sense, which completes the sentence `the list …`.
    case fault(String)
  }

  /// How many pages are read ahead at first, which shows how the server counts; the next times
  /// eight times as many each.
  static let firstAhead = 8
  /// How many pages are read ahead at most, whatever the API counts.
  static let mostAhead = 256
  /// How many pages in a row may show nothing new.
  static let mostStale = 6
  /// How often the reading may go on further up.
  static let mostBacks = 256
  /// The smallest pages by which a whole list is read: smaller ones cannot overlap and go on.
  static let leastSize = 20

  private(set) var rows: RowSet
  private let limit: Int
  private let isNumbered: Bool
  private var size: Int
  /// Whether the server has a page size of its own, whatever it is asked for.
  private var hasOwnSize = false
  /// The position up to which the list is known.
  private var end = 0
  private var furthest = 0
  /// How many records each page shows again; more once the list has been seen to change.
  private var margin = 1
  /// How far up the reading goes on where a page did not connect; 0 while all do.
  private var retreat = 0
  private var ahead = PageMachine.firstAhead
  private var total: Int?
  private var leastTotal: Int?
  private var mostTotal = 0
  private var stale = 0
  private var backs = 0
  private var isSecondPass = false

  /// Begins with a page size, the most records that are wanted, and the field that holds their id.
  init(size: Int, limit: Int?, isNumbered: Bool, idField: String) {
    self.size = max(size, 1)
    self.limit = limit ?? .max
    self.isNumbered = isNumbered
    rows = RowSet(by: idField)
  }

  /// The reading begins.
  func began() -> Action { .read([PageWindow(start: 0, size: size)]) }

  /// The pages that were asked for came.
  mutating func came(_ pages: [Page]) -> Action {
    for given in pages {
      let page = placed(given)
      if page.rows.isEmpty, let total = page.total, total > page.window.start {
        return isNearly(total, page.window.start) ? finish() : .fault(Self.empty(page, total))
      }
      guard isConnected(page) else { return goBack(page.total) }
      take(page)
      if rows.values.count >= limit { return .complete }
      if isLast(page) { return finish() }
      if isEndless {
        return .fault("shows ever new records, far more than the \(mostTotal) it counts")
      }
      if stale > Self.mostStale { return .fault("gives the same records again and again") }
    }
    return .read(plan())
  }

  /// The page where it really stands: more records than were asked for tell that the server has a
  /// page size of its own, by which it counts the pages.
  private mutating func placed(_ page: Page) -> Page {
    guard isNumbered else { return page }
    if page.rows.count > page.window.size, !hasOwnSize {
      hasOwnSize = true
      size = page.rows.count
    }
    guard hasOwnSize else { return page }
    let number = page.window.start / page.window.size
    return (PageWindow(start: number * size, size: size), page.rows, page.total)
  }

  /// Whether nothing can be missing between a page and what came before it.
  private func isConnected(_ page: Page) -> Bool {
    page.window.start == 0 || page.window.start == end || !rows.isKnown
      || rows.hasSeen(anyOf: page.rows)
  }

  private mutating func take(_ page: Page) {
    let added = rows.add(page.rows)
    if let total = page.total {
      self.total = total
      leastTotal = min(leastTotal ?? total, total)
      mostTotal = max(mostTotal, total)
    }
    let isCapped = page.window == PageWindow(start: 0, size: size) && page.rows.count < size
    if isCapped, let total, total > page.rows.count { size = page.rows.count }
    end = page.window.start + page.rows.count
    let isStale = added == 0 && page.window.end > furthest && !isSecondPass
    stale = isStale ? stale + 1 : 0
    furthest = max(furthest, end)
    retreat = 0
  }

  private func isLast(_ page: Page) -> Bool {
    let isShort = page.rows.count < page.window.size
    guard let total = page.total else { return isShort }
    let end = page.window.start + page.rows.count
    return end >= total || isShort && page.window.start > 0 && isNearly(total, end)
  }

  /// Whether less than a page is missing: some servers count records that they do not show.
  private func isNearly(_ total: Int, _ end: Int) -> Bool { end > 0 && total - end < size }

  private static func empty(_ page: Page, _ total: Int) -> String {
    "counts \(total) records, but shows none from record \(page.window.start) on"
  }

  /// Whether far more came than the API ever counted.
  private var isEndless: Bool {
    total != nil && (rows.values.count - 1_000) / 2 > mostTotal
  }

  /// Reads further up again, where records that are known must still stand.
  private mutating func goBack(_ total: Int?) -> Action {
    backs += 1
    guard backs <= Self.mostBacks else { return .fault("changes faster than it can be read") }
    if hasOwnSize { return .read(plan()) }
    end = min(end, total ?? end)
    margin = min(margin * 4, max(size / 2, 1))
    retreat = retreat == 0 ? size / 2 + 1 : min(retreat * 4, end + 1)
    ahead = 1
    // Never the size of the first page: a server that ignores sizes is to be found out.
    let position = max(end - retreat, 0)
    return .read([
      PageWindow.showing(position, most: max(size - 1, 1), isNumbered: isNumbered)
    ])
  }

  private mutating func finish() -> Action {
    let isShort = rows.values.count < leastTotal ?? 0
    guard isShort, rows.isKnown, !isSecondPass else { return .complete }
    isSecondPass = true
    (end, furthest) = (0, 0)
    return .read([PageWindow(start: 0, size: size)])
  }

  /// The next pages: all that are needed where the API counts, else one.
  private mutating func plan() -> [PageWindow] {
    var windows = [window(after: end)]
    guard let total else { return windows }
    let wanted = min(total, limit)
    while windows.count < ahead, let last = windows.last, last.end < wanted {
      windows.append(window(after: last.end))
    }
    ahead = min(ahead * 8, Self.mostAhead)
    return windows
  }

  private func window(after end: Int) -> PageWindow {
    PageWindow.next(
      after: end, overlap: rows.isKnown && !hasOwnSize ? margin : 0, most: size,
      isNumbered: isNumbered)
  }
}

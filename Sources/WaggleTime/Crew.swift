/// The threads of a run: made when work needs them, kept when it ends, at most so many.
final class Crew: @unchecked Sendable {
  /// The most threads that a run makes beside its main one; loops go on with fewer beyond that.
  static let limit = 1_023

  private let lock = Lock()
  private let limit: Int
  private var idle: [Worker] = []
  private var made = 0

  init(limit: Int = Crew.limit) { self.limit = limit }

  deinit {
    for worker in idle { worker.dismiss() }
  }

  /// A thread that has nothing to do; nil at the limit, or where the system gives no more.
  func hire() -> Worker? {
    lock.withLock {
      if let worker = idle.popLast() { return worker }
      guard made < limit, let worker = Worker.make() else { return nil }
      made += 1
      return worker
    }
  }

  /// Takes a thread back, its work done.
  func release(_ worker: Worker) {
    lock.withLock { idle.append(worker) }
  }
}

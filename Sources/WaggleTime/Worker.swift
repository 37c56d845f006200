import Glibc

/// A thread of a crew, with the one piece of work it was given.
final class Worker: @unchecked Sendable {
  private enum Order {
    case nothing, quit
    case work(() -> Void)
  }

  let berth = Berth()
  private let lock = Lock()
  private var order = Order.nothing

  private init() {}

  /// Starts a thread; nil where the system gives none.
  static func make() -> Worker? {
    let worker = Worker()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Berth.threadStack)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let passed = Unmanaged.passRetained(worker)
    var thread = pthread_t()
    let failure = pthread_create(&thread, &attributes, Worker.enter, passed.toOpaque())
    guard failure == 0 else {
      passed.release()
      return nil
    }
    return worker
  }

  /// Gives the thread its work; it looks for it when its bell rings.
  func assign(_ work: @escaping () -> Void) {
    lock.withLock { order = .work(work) }
  }

  /// Ends the thread.
  func dismiss() {
    lock.withLock { order = .quit }
    berth.bell.ring()
  }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { passed in
      guard let passed else { return nil }
      let worker = Unmanaged<Worker>.fromOpaque(passed).takeRetainedValue()
      worker.berth.measureMade()
      worker.live()
      return nil
    }

  private func live() {
    while true {
      berth.bell.wait()
      switch takeOrder() {
      case .nothing: continue
      case .quit: return
      case .work(let work): work()
      }
    }
  }

  private func takeOrder() -> Order {
    lock.withLock {
      defer { order = .nothing }
      return order
    }
  }
}

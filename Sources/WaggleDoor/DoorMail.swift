import NIOCore
import WaggleSandbox
import WaggleTime

/// Has a world's letters taken out while a door is open, a few at a time.
///
/// Confined to the event loop.
final class DoorMail {
  private static let round = TimeAmount.milliseconds(200)

  private let world: World
  private let clock: any Strands
  private let courier: HTTPCourier
  private var out = 0
  private var rounds: RepeatedTask?

  init(world: World, clock: any Strands, courier: HTTPCourier) {
    self.world = world
    self.clock = clock
    self.courier = courier
  }

  /// Begins to look for letters, five times a second.
  func begin(on loop: any EventLoop) {
    let own = NIOLoopBound(self, eventLoop: loop)
    rounds = loop.scheduleRepeatedTask(initialDelay: Self.round, delay: Self.round) { _ in
      own.value.lookRound(on: loop)
    }
  }

  /// Looks for no more; what is on its way arrives.
  func end() { rounds?.cancel() }

  private func lookRound(on loop: any EventLoop) {
    let letters = world.takeLetters(World.lettersAtOnce - out, at: clock.now)
    out += letters.count
    let own = NIOLoopBound(self, eventLoop: loop)
    for letter in letters {
      courier.post(letter) { receipt in
        loop.execute { own.value.arrived(receipt) }
      }
    }
  }

  private func arrived(_ receipt: Receipt) {
    out -= 1
    world.note(receipt, at: clock.now)
  }
}

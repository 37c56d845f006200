import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
package import WaggleSandbox
package import WaggleTime

/// The sandbox behind HTTP on this machine: what comes over a socket goes to a world, and back.
///
/// What comes in is a world and a port; what goes out is answers, each when the world says it is due.
/// The room judges nothing that the contract speaks of, neither keys nor routes nor bodies: that is
/// the world's. It sees to what a world knows nothing of: requests that never end, clients that do
/// not read, connections that are too many, and bytes that are no HTTP. It listens on 127.0.0.1 alone.
///
///     let door = try Door.open(world, port: 8095, on: strand)
///     print(door.address)          // http://127.0.0.1:8095
///     strand.park()                // until Ctrl-C
///     door.close(on: strand)
///
/// One event loop thread serves all connections, so the world is asked by one thread at a time.
package final class Door: Sendable {
  /// The port that is listened on; a free one where 0 was asked for.
  package let port: Int
  private let group: MultiThreadedEventLoopGroup
  private let listener: any Channel
  private let room: NIOLoopBound<DoorRoom>
  /// The longest that answers under way are given for at the end, in nanoseconds.
  private let closing: Int
  private let isClosed = Atomic(false)

  private init(
    port: Int, group: MultiThreadedEventLoopGroup, listener: any Channel,
    room: NIOLoopBound<DoorRoom>, closing: Int
  ) {
    self.port = port
    self.group = group
    self.listener = listener
    self.room = room
    self.closing = closing
  }

  /// The address that clients use.
  package var address: String { "http://127.0.0.1:\(port)" }

  /// Opens a door to a world, in which it is what a clock says, or else the clock of the strand.
  ///
  /// A courier takes the world's letters out as they come due; without one they wait.
  package static func open(
    _ world: World, port: Int, limits: DoorLimits = DoorLimits(), clock: (any Strands)? = nil,
    courier: HTTPCourier? = nil, on strand: Strand
  ) throws(DoorFault) -> Door {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let clock = clock ?? strand.strands
    let opened = NIOLockedValueBox<Result<Door, any Error>?>(nil)
    let completion = Completion()
    group.next().execute {
      let room = DoorRoom(world: world, clock: clock, limits: limits)
      room.mail = courier.map { DoorMail(world: world, clock: clock, courier: $0) }
      Door.bind(port, room, on: group).whenComplete { result in
        opened.withLockedValue { $0 = result }
        completion.complete()
      }
    }
    // Binding takes microseconds, and what was bound has to be closed again: nothing cuts it short.
    strand.under(Token()) { _ = strand.park(for: completion) }
    switch opened.withLockedValue({ $0 }) {
    case .success(let door)?: return door
    case .failure(let error)?:
      group.shutdownGracefully { _ in }
      throw fault(error, port)
    case nil: throw .notBound(port, ETIMEDOUT)
    }
  }

  /// Begins to listen, on the loop.
  private static func bind(
    _ port: Int, _ room: DoorRoom, on group: MultiThreadedEventLoopGroup
  ) -> EventLoopFuture<Door> {
    let loop = group.next()
    let closing = room.limits.closing
    let room = NIOLoopBound(room, eventLoop: loop)
    return bootstrap(group, room).bind(host: "127.0.0.1", port: port).map { listener in
      watch(room, on: loop)
      let bound = listener.localAddress?.port ?? port
      let door = Door(
        port: bound, group: group, listener: listener, room: room, closing: closing)
      room.value.world.stand(at: door.address)
      return door
    }
  }

  /// Closes the door: nobody comes in, answers under way are given for as long as its limits say.
  ///
  /// Gives what came through it; nothing where it was closed before.
  @discardableResult
  package func close(on strand: Strand) -> ServedCalls {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return ServedCalls() }
    let completion = Completion()
    let calls = NIOLockedValueBox(ServedCalls())
    let (room, listener) = (room, listener)
    listener.eventLoop.execute {
      calls.withLockedValue { $0 = room.value.calls }
      listener.close(promise: nil)
      room.value.close { completion.complete() }
    }
    strand.under(Token()) {
      _ = strand.park(until: strand.now.advanced(by: closing), for: completion)
    }
    listener.eventLoop.execute { room.value.clear() }
    group.shutdownGracefully { _ in }
    return calls.withLockedValue { $0 }
  }

  private static func bootstrap(
    _ group: MultiThreadedEventLoopGroup, _ room: NIOLoopBound<DoorRoom>
  ) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 512)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        // Where the process may open no more files, `accept` fails at once and would be tried for ever.
        channel.eventLoop.makeCompletedFuture {
          let backoff = AcceptBackoffHandler(shouldForwardIOErrorCaught: false) { _ in
            .milliseconds(100)
          }
          try channel.pipeline.syncOperations.addHandler(backoff)
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          let connection = DoorConnection(room.value)
          try pipeline.addHandler(BackPressureHandler())
          try pipeline.addHandler(DoorWatch(connection))
          try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true)
          try pipeline.addHandler(connection)
        }
      }
  }

  private static func watch(_ room: NIOLoopBound<DoorRoom>, on loop: any EventLoop) {
    let pause = TimeAmount.nanoseconds(Int64(room.value.limits.round))
    room.value.rounds = loop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
      room.value.lookRound()
    }
    room.value.mail?.begin(on: loop)
  }

  private static func fault(_ error: any Error, _ port: Int) -> DoorFault {
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: .portTaken(port)
    case EACCES, EPERM: .portForbidden(port)
    case let number?: .notBound(port, number)
    case nil: .notBound(port, EIO)
    }
  }
}

package import WaggleCatalogue
package import WaggleTime
package import WaggleValues
import WaggleWait

/// A stream under way: opens connections, reads them and pauses as its machine says.
///
/// One strand walks it and parks meanwhile; whoever holds it may close it, from any thread.
package final class StreamRun: StreamSource, @unchecked Sendable {
  private struct Connection {
    var body: (any ReplyStream)?
    var isClosed = false
  }

  /// The answer as a whole, where the server gave it at once: there is no stream then.
  package let whole: Value?
  private let gateway: any Gateway
  private let catalogue: Catalogue
  private let warn: @Sendable (String) -> Void
  /// The walking strand's own.
  private var machine: StreamMachine
  private let connection: Guarded<Connection>

  /// Opens the stream of a call.
  ///
  /// - Parameters:
  ///   - call: A call of an operation that has a stream.
  ///   - gateway: What opens it.
  ///   - again: What opens it again, without repeating calls of its own accord, and looks.
  ///   - catalogue: Knows how to look at what a stream tells of.
  ///   - warn: Takes what the person at the screen should know, a sentence.
  ///   - strand: Who waits.
  /// - Throws: What keeps the stream from beginning.
  package init(
    opening call: Call, through gateway: any Gateway, again: any Gateway, catalogue: Catalogue,
    warn: @escaping @Sendable (String) -> Void, on strand: Strand
  ) throws(CallFault) {
    var call = call
    call.wantsStream = true
    let body = try gateway.open(call, on: strand)
    guard let machine = StreamMachine(call, at: strand.now) else {
      body.close()
      throw .streamLost(call, "nobody knows its events")
    }
    self.machine = machine
    whole = body.whole
    self.gateway = again
    self.catalogue = catalogue
    self.warn = warn
    connection = Guarded(Connection(body: body))
  }

  deinit { close() }

  /// Waits for the next item, the calling strand parked meanwhile; nil at the end.
  ///
  /// - Throws: Why it cannot go on; where a change may have been carried out all the same, with the
  ///   command that shows it.
  package func next(on strand: Strand) throws(CallFault) -> Value? {
    do throws(CallFault) {
      return try nextItem(on: strand)
    } catch {
      var fault = error
      if fault.isOutcomeUnknown { fault.look = machine.call.look }
      if fault.code == CallFault.lostStream, let look = machine.call.looking(in: catalogue) {
        fault.remedy = "`\(look.spoken)` shows how it stands now"
      }
      throw fault
    }
  }

  private func nextItem(on strand: Strand) throws(CallFault) -> Value? {
    while whole == nil {
      if let item = machine.takeItem() { return item }
      switch machine.want {
      case .read: try read(on: strand)
      case .look: try look(on: strand)
      case .reopen(let pause): try reopen(after: pause, on: strand)
      case .over:
        close()
        return nil
      case .failed(let fault):
        close()
        throw fault
      }
    }
    return nil
  }

  /// Lets go of the connection; nothing comes any more.
  package func close() {
    let body = connection.withLock { connection in
      defer { connection = Connection(body: nil, isClosed: true) }
      return connection.body
    }
    body?.close()
  }

  private func read(on strand: Strand) throws(CallFault) {
    guard let body = connection.withLock({ $0.body }) else {
      return machine.looked(isUnderWay: false, at: strand.now)
    }
    do throws(CallFault) {
      if let bytes = try body.next(on: strand) {
        machine.received(bytes, at: strand.now)
      } else {
        machine.ended(at: strand.now)
      }
    } catch {
      if case .cancelled = error.cause { throw error }
      machine.broke(error, at: strand.now)
    }
    tellWarnings()
  }

  private func tellWarnings() {
    for warning in machine.takeWarnings() { warn(warning) }
  }

  private func reopen(after pause: Int, on strand: Strand) throws(CallFault) {
    connection.withLock { $0.body }?.close()
    let drawn = Int(Double(pause) * strand.draw(in: 0.9..<1.1))
    if case .cancelled(let reason) = strand.sleep(nanoseconds: drawn) {
      throw .cancelled(machine.call, reason, wasSent: false)
    }
    do throws(CallFault) {
      let body = try gateway.open(machine.call, on: strand)
      let isWanted = connection.withLock { connection in
        if !connection.isClosed { connection.body = body }
        return !connection.isClosed
      }
      if !isWanted { body.close() }
      machine.reopened(at: strand.now)
    } catch {
      if case .cancelled = error.cause { throw error }
      machine.refused(error, at: strand.now)
      tellWarnings()
    }
  }

  /// Looks once whether what the stream tells of is still under way; where nobody can say, the next
  /// connection will.
  private func look(on strand: Strand) throws(CallFault) {
    guard let call = machine.call.looking(in: catalogue) else {
      return machine.looked(isUnderWay: true, at: strand.now)
    }
    do throws(CallFault) {
      let reply = try gateway.send(call, on: strand)
      machine.looked(isUnderWay: catalogue.isUnderWay(reply.data), at: strand.now)
    } catch {
      if case .cancelled = error.cause { throw error }
      machine.looked(isUnderWay: error.status != 404, at: strand.now)
    }
  }
}

extension Call {
  /// The call that reads what its stream tells of; nil where there is none.
  package func looking(in catalogue: Catalogue) -> Call? {
    catalogue.lookOperation(of: operation).map { Call($0, path: path) }
  }
}

extension Catalogue {
  /// Whether a record is in a state that something may yet leave; true where nothing is known.
  fileprivate func isUnderWay(_ value: Value) -> Bool {
    guard case .record(let record) = value, let type = record.type,
      let source = WaitSource(type: type.name, in: self)
    else { return true }
    return !source.lifecycle.isFinal(record)
  }
}

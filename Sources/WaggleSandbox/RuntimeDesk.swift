/// The operations of the runtimes of a world, those under way and those that are over.
struct RuntimeDesk: Sendable {
  private var operations: [String: RuntimeOperation] = [:]
  /// The ids of each instance's operations, oldest first.
  private var idsOfInstance: [String: [String]] = [:]
  private var lastNumber = 0

  /// How many there were so far, and the number of the newest.
  var count: Int { lastNumber }

  /// An operation by its id; nil where there is none.
  subscript(id: String) -> RuntimeOperation? { operations[id] }

  /// Begins an operation.
  ///
  /// The id is one that the client chose and that is free, or nil to make one; the result is what
  /// the operation gives where it succeeds, as JSON.
  mutating func begin(
    _ method: String, _ target: RuntimeOperation.Target, on instance: String, for owner: Owner,
    id: String? = nil, result: [UInt8] = Array("{}".utf8), plan: RuntimePlan = .to(.succeeded),
    slowness: Double, draws: Draws, at now: Int
  ) -> RuntimeOperation {
    lastNumber += 1
    let operation = RuntimeOperation(
      id: id ?? draws.uuid("operation", lastNumber), number: lastNumber, instanceID: instance,
      owner: owner, method: method, target: target, createdAt: now, result: result, plan: plan,
      slowness: slowness)
    operations[operation.id] = operation
    idsOfInstance[instance, default: []].append(operation.id)
    return operation
  }

  /// Asks an operation to stop; false where it can no longer be stopped.
  mutating func cancel(_ id: String, at now: Int, slowness: Double) -> Bool {
    operations[id]?.cancel(at: now, slowness: slowness) ?? false
  }

  /// The operations of an instance that are under way, newest first, of those before a number.
  func active(on instance: String, before number: Int, at now: Int) -> [RuntimeOperation] {
    (idsOfInstance[instance] ?? []).reversed().compactMap { operations[$0] }.filter {
      $0.number < number && $0.end(at: now) == nil
    }
  }
}

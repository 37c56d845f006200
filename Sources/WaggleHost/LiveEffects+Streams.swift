import WaggleCatalogue
import WaggleClient
import WaggleEval
import WaggleTime
import WaggleValues

/// Streams: opened for a walk, or printed as they come: on standard output, unless that is to hold
/// nothing but values in the form that `--output` asks for.
extension LiveEffects {
  /// Opens the stream of a call.
  func open(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    let run = try run(call, on: strand)
    return .stream(Stream(LiveStream(run) { [self] in fault($0) }))
  }

  /// Prints the reply in a stream as it grows, and gives the record that is there at its end.
  func follow(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    let run = try run(call, on: strand)
    defer { run.close() }
    // Beside other rounds of a loop, which print too.
    var reply = ReplyText(wholeLines: !strand.key.isEmpty)
    if let whole = run.whole { try printReply(reply.told(whole: whole)) }
    while let item = try next(of: run, &reply, on: strand) {
      try printReply(reply.told(item))
      if reply.asks {
        try printReply(reply.ended())
        tellPause(item, of: call, on: strand)
      }
    }
    try printReply(reply.ended())
    if let whole = run.whole { return whole }
    return try end(of: call, reply, on: strand)
  }

  /// Shows what a stream came to, whose reply was printed as it grew.
  func showEnd(_ value: Value) throws(Fault) {
    guard !showing.isForPrograms, case .record(let record) = value,
      record.type.map({ $0 === RecordType.task || $0 === RecordType.invokeReply }) == true
    else { return try written(terminal.write(showing.value(value))) }
    tell(record)
  }

  /// Tells what a task waits for and how it is answered, if it still does: a stream that is read from
  /// its beginning has the pauses in it that are over, and a task that was answered a moment ago may
  /// still be said to wait.
  private func tellPause(_ item: Value, of call: Call, on strand: Strand) {
    guard showing.followed != nil, let look = call.looking(in: .beeOS),
      case .record(let task)? = try? reopening.send(look, on: strand).data,
      ["input_required", "auth_required"].contains(task["status"]?.revealedText),
      isLast(item, of: call, on: strand)
    else { return }
    tell(task)
  }

  /// Whether nothing has come behind a message of a task.
  private func isLast(_ item: Value, of call: Call, on strand: Strand) -> Bool {
    guard case .record(let item) = item, case .int(let offset)? = item["offset"],
      let list = Catalogue.beeOS.operation(id: "listTaskMessages"),
      let reply = try? reopening.send(
        Call(list, path: call.path, query: [("since", .int(offset))]), on: strand),
      case .list(let rows) = reply.data
    else { return true }
    return rows.elements.isEmpty
  }

  private func tell(_ task: Record) {
    if let line = showing.followed?(task) { terminal.complain(line) }
  }

  /// The next item; where the stream fails, the line that the reply is in ends before the fault.
  private func next(
    of run: StreamRun, _ reply: inout ReplyText, on strand: Strand
  ) throws(Fault) -> Value? {
    do throws(CallFault) {
      return try run.next(on: strand)
    } catch {
      try printReply(reply.ended())
      throw fault(error)
    }
  }

  private func run(_ call: Call, on strand: Strand) throws(Fault) -> StreamRun {
    terminal.flush()
    do throws(CallFault) {
      return try StreamRun(
        opening: call, through: gateway, again: reopening, catalogue: .beeOS,
        warn: { [terminal] in terminal.complain("warning: \(SafeText($0).text)\n") }, on: strand)
    } catch {
      throw fault(error)
    }
  }

  private func printReply(_ text: String) throws(Fault) {
    guard !text.isEmpty else { return }
    if showing.isForPrograms { return terminal.log(SafeText(text, keepsLines: true).text) }
    guard terminal.print(SafeText(text, keepsLines: true).text), terminal.flush() else {
      throw Fault(.outputClosed)
    }
  }

  private func end(
    of call: Call, _ reply: ReplyText, on strand: Strand
  ) throws(Fault) -> Value {
    do throws(CallFault) {
      if let look = call.looking(in: .beeOS) { return try gateway.send(look, on: strand).data }
      return try reply.record(of: call)
    } catch {
      throw fault(error)
    }
  }
}

extension ReplyText {
  /// The answer that the call gives where it does not stream; throws what the agent reports.
  fileprivate func record(of call: Call) throws(CallFault) -> Value {
    if case .bool(true)? = done?["is_error"] {
      let words = done?["error"]?.revealedText ?? error?["message"]?.revealedText
      throw .agentFailed(
        call, code: done?["code"]?.revealedText ?? error?["code"]?.revealedText, words ?? text)
    }
    guard case .record(let type) = call.operation.success.shape else { return .text(text) }
    var record = Record().typed(type)
    for (name, value) in [
      ("text", Value.text(text)), ("context_id", done?["context_id"] ?? .null),
      ("is_error", .bool(false)),
    ] where !value.isNull {
      try? record.set(name, value)
    }
    return .record(record)
  }
}

import WaggleCatalogue
import WaggleClient
import WaggleEval
import WaggleTime
import WaggleValues

/// Streams: opened for a walk, or printed as they come.
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
    var reply = ReplyText()
    while let item = try next(of: run, &reply, on: strand) { try printReply(reply.told(item)) }
    try printReply(reply.ended())
    return try end(of: call, reply, on: strand)
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

import WaggleValues

/// The four streams of the contract, of which two are alike (§12).
extension StreamGrammar {
  /// The answer of an agent as it grows; whatever happens, `done` ends it.
  static let invoke = StreamGrammar(
    .member,
    [
      Frame("reasoning", .invokeReasoning), Frame("delta", .invokeDelta),
      Frame("error", .invokeError), Frame("done", .invokeDone, isFinal: true),
    ], resume: .never)

  /// The messages of a task or of a conversation.
  static let channel = StreamGrammar(
    .event,
    [
      Frame("message", .messageEvent), Frame("backfill_truncated", .backfillTruncated),
      Frame("end", .streamEnd, isFinal: true),
    ], resume: .since)

  /// What happens to a runtime operation; the answer to it is the last event.
  static let runtime = StreamGrammar(
    .inner("event"),
    RecordType.runtimeEventTypes.map {
      Frame($0, .runtimeEvent, isFinal: $0 == "runtime_rpc_response")
    }, resume: .lastEventID)
}

/// The codes of the runtime, as the contract spells them.
///
/// Which number goes with which is not stated; here they count down from -32001 in the contract's
/// order.
enum RuntimeCode: String, CaseIterable, Sendable {
  case methodNotSupported = "METHOD_NOT_SUPPORTED"
  case useAgentsAPI = "USE_AGENTS_API"
  case contractVersionMismatch = "CONTRACT_VERSION_MISMATCH"
  case instanceOffline = "INSTANCE_OFFLINE"
  case instanceEpochMismatch = "INSTANCE_EPOCH_MISMATCH"
  case idempotencyConflict = "IDEMPOTENCY_CONFLICT"
  case commandExpired = "COMMAND_EXPIRED"
  case outcomeUnknown = "OUTCOME_UNKNOWN"
  case operationNotFound = "OPERATION_NOT_FOUND"
  case operationNotCancellable = "OPERATION_NOT_CANCELLABLE"
  case conversationClearing = "CONVERSATION_CLEARING"
  case projectionPending = "PROJECTION_PENDING"
  case projectionBlocked = "PROJECTION_BLOCKED"
  case unauthorizedTarget = "UNAUTHORIZED_TARGET"
  case invalidInvocation = "INVALID_INVOCATION"
  case invalidExecutionGrant = "INVALID_EXECUTION_GRANT"
  case unauthorizedPublisher = "UNAUTHORIZED_PUBLISHER"
  case operationCancelled = "OPERATION_CANCELLED"
  case historyGenerationMismatch = "HISTORY_GENERATION_MISMATCH"
  case agentDefaultModelNotConfigured = "AGENT_DEFAULT_MODEL_NOT_CONFIGURED"
  case runtimeExecutionFailed = "RUNTIME_EXECUTION_FAILED"

  /// Its number in an answer of JSON-RPC.
  var number: Int { -32_001 - (Self.allCases.firstIndex(of: self) ?? 0) }

  /// What it says to people.
  var message: String {
    switch self {
    case .agentDefaultModelNotConfigured: "the agent has no default model"
    case .commandExpired: "the instance did not take the command in time"
    case .outcomeUnknown: "the link broke while the command ran: whether it did is not known"
    case .operationCancelled: "cancelled on request"
    case .projectionBlocked: "done, but the platform could not take note of it"
    case .runtimeExecutionFailed: "the runtime could not do it"
    default: rawValue.lowercased().replacing("_", with: " ")
    }
  }

  /// Whether and how it may be tried again: `none`, `resume`, `resubmit`.
  var retryMode: String {
    switch self {
    case .projectionBlocked, .projectionPending: "resume"
    case .commandExpired, .instanceOffline, .runtimeExecutionFailed: "resubmit"
    default: "none"
    }
  }
}

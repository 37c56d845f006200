package import WaggleValues

/// What is known of the types of record that are more than a piece of another.
extension Catalogue {
  /// What is known of a type of record, by the name that the language has for it.
  package func entry(named name: String) -> TypeEntry? { Self.types[name]?() }

  /// The type of record of a name: `Instance`.
  package func recordType(named name: String) -> RecordType? { entry(named: name)?.type }

  /// What is known of a type of record.
  package func entry(of type: RecordType) -> TypeEntry? {
    guard let entry = entry(named: type.name), entry.type === type else { return nil }
    return entry
  }

  /// What is known of the type that reading one again gives: a task of the receipt of one.
  package func refreshed(_ entry: TypeEntry) -> TypeEntry {
    guard let get = entry.refresh.flatMap(operation(id:)),
      case .record(let type) = get.success.shape
    else { return entry }
    return self.entry(of: type) ?? entry
  }

  /// The names of the types, in the order of the groups that give them.
  static let typeNames = [
    "Provider", "Region", "Model", "Instance", "DeviceInfo", "ControlInfo", "Screenshot", "App",
    "Upload", "File", "Download", "Agent", "InvokeReply", "Task", "TaskCreated", "TaskSummary",
    "Webhook",
    "WebhookDelivery", "Conversation", "Message", "MessageAccepted", "MessageEvent",
    "ConversationCancel", "ConversationClear", "OperationReceipt", "RuntimeOperation",
    "OperationCancel", "RuntimeEvent",
  ]

  /// The entries by the names of their types, each built when it is asked for.
  private static let types: [String: @Sendable () -> TypeEntry] = [
    "Provider": { .provider }, "Region": { .region }, "Model": { .model },
    "Instance": { .instance }, "DeviceInfo": { .deviceInfo }, "ControlInfo": { .controlInfo },
    "Screenshot": { .screenshot }, "App": { .app }, "Upload": { .upload }, "File": { .file },
    "Download": { .download },
    "Agent": { .agent }, "InvokeReply": { .invokeReply }, "Task": { .task },
    "TaskCreated": { .taskCreated }, "TaskSummary": { .taskSummary }, "Webhook": { .webhook },
    "WebhookDelivery": { .webhookDelivery }, "Conversation": { .conversation },
    "Message": { .message }, "MessageAccepted": { .messageAccepted },
    "MessageEvent": { .messageEvent }, "ConversationCancel": { .conversationCancel },
    "ConversationClear": { .conversationClear }, "OperationReceipt": { .operationReceipt },
    "RuntimeOperation": { .runtimeOperation }, "OperationCancel": { .operationCancel },
    "RuntimeEvent": { .runtimeEvent },
  ]
}

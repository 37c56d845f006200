package import WaggleValues

/// The records of what may be deployed: providers, regions, models, as the contract has them.
extension RecordType {
  /// A provider of hosts, with what its hosts can do.
  package static let provider = RecordType(
    "Provider",
    [
      Field("meta", .typed(providerMeta)),
      Field("capabilities", .typed(providerCapabilities)),
    ])

  /// What a provider is called.
  package static let providerMeta = RecordType(
    "ProviderMeta",
    [
      Field("id", .text),
      Field("name", .text),
      Field("description", .text),
      Field("version", .text),
    ])

  /// What the hosts of a provider can do; any of it may be left unsaid.
  package static let providerCapabilities = RecordType(
    "ProviderCapabilities",
    [
      Field("longRunning", .bool, isOptional: true),
      Field("browserUse", .bool, isOptional: true),
      Field("codeExec", .bool, isOptional: true),
      Field("fileSystem", .bool, isOptional: true),
      Field("customImage", .bool, isOptional: true),
      Field("maxDurationSec", .int, isOptional: true),
      Field("costModel", .text, isOptional: true),
      Field("device", .bool, isOptional: true),
    ])

  /// A region that instances may be deployed in.
  package static let region = RecordType(
    "Region",
    [
      Field("id", .text),
      Field("name", .text),
      Field("available", .bool),
    ])

  /// A model that an instance may be deployed with.
  package static let model = RecordType(
    "Model",
    [
      Field("id", .text),
      Field("name", .text),
      Field("tier", .text),
      Field("reasoning", .bool),
    ])
}

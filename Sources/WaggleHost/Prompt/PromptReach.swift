/// What a prompt speaks to, from the start or since `profile` said so.
struct PromptReach {
  /// What lines do to the outside.
  let effects: LiveEffects
  /// What it is called.
  let gateway: PromptGateway
  /// What asks before something is destroyed; nil where nobody wants to be asked.
  let approval: DestroyApproval?
}

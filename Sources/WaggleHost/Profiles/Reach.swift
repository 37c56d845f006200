import WaggleCatalogue
import WaggleClient
import WaggleSandbox

/// What the calls of a run go to, and how far they may go.
struct Reach {
  let account: Account
  /// What answers.
  let gateway: any Gateway & Transfer
  /// What `-v` is told; nil without it.
  let log: CallLog?
  /// What may be changed; the same for all profiles that a prompt uses.
  let budget: ChangeBudget
  /// What asks before something is destroyed; nil where nobody wants to be asked.
  let approval: DestroyApproval?

  /// The sandbox in this process, where it is what answers.
  var sandbox: SandboxGateway? { gateway as? SandboxGateway }
}

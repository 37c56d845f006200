import WaggleCatalogue
import WaggleClient
import WaggleEval
import WaggleRender
import WaggleSandbox
import WaggleTime
import WaggleValues
import WaggleWait

/// What a script does to the outside, done: calls by the gateway, waits by the desk, the rest by the
/// terminal, the environment and the clock.
final class LiveEffects: Effects {
  let gateway: GuardedGateway
  let reopening: any Gateway
  private let transfer: any Transfer
  private let pager: Pager
  private let desk: WaitDesk
  private let births = Births()
  let terminal: Terminal
  private let environment: @Sendable (String) -> String?
  private let machine: Machine
  let showing: Showing
  /// Whose letters go out between the effects, where they are due; nil for an API that is real.
  private let sandbox: SandboxGateway?

  /// What is done on this machine.
  struct Machine {
    let files: ScriptFiles
    let programs: Programs
    let questions: Questions
  }

  /// Joins what effects are done with; `reopening` takes up streams that broke off.
  init(
    gateway: GuardedGateway, reopening: any Gateway, transfer: any Transfer, desk: WaitDesk,
    terminal: Terminal,
    environment: @escaping @Sendable (String) -> String?, machine: Machine, showing: Showing,
    sandbox: SandboxGateway?
  ) {
    self.gateway = gateway
    self.reopening = reopening
    self.transfer = transfer
    self.desk = desk
    self.terminal = terminal
    self.environment = environment
    self.machine = machine
    self.showing = showing
    self.sandbox = sandbox
    pager = Pager(gateway)
  }

  func perform(_ effect: Effect, key: EffectKey, on strand: Strand) throws(Fault) -> Value {
    sandbox?.deliver(on: strand)
    switch effect {
    case .call(let call): return try send(call, on: strand)
    case .transfer(let call):
      let transfer = FileTransfer(gateway: gateway, transfer: transfer, files: machine.files)
      return try transfer.perform(call, on: strand)
    case .list(let call, let limit, let page):
      return try list(call, limit: limit, page: page, on: strand)
    case .open(let call): return try open(call, on: strand)
    case .follow(let call): return try follow(call, on: strand)
    case .item(let stream):
      terminal.flush()
      return try stream.nextItem(on: strand)
    case .wait(let request): return try wait(request, on: strand)
    case .now: return .time(Timestamp(nanoseconds: strand.now.nanoseconds))
    case .sleep(let nanoseconds): try rest(nanoseconds, on: strand)
    case .environment(let name): return environment(name).map(Value.text) ?? .null
    case .print(let text): try written(terminal.print(text))
    case .show(let value): try written(terminal.write(showing.value(value)))
    case .showEnd(let value): try showEnd(value)
    case .showItem(let item): try written(terminal.write(showing.item(item)))
    case .log(let line): terminal.log(line.hasSuffix("\n") ? line : line + "\n")
    case .read, .write, .ask, .confirm, .exec: return try act(effect, on: strand)
    case .limit(let destroyOnly, let count): gateway.limit(destroyOnly: destroyOnly, to: count)
    }
    return .null
  }

  /// What is done on this machine, which takes no virtual time.
  private func act(_ effect: Effect, on strand: Strand) throws(Fault) -> Value {
    terminal.flush()
    switch effect {
    case .read(let path): return .text(try machine.files.read(path, on: strand))
    case .write(let path, let text): try machine.files.write(text, to: path)
    case .ask(let name, let question):
      return .text(try machine.questions.ask(name, question, on: strand))
    case .confirm(let question):
      return .bool(try machine.questions.confirm(question, on: strand))
    case .exec(let execution): return try machine.programs.run(execution, on: strand)
    default: break
    }
    return .null
  }

  private func send(_ call: Call, on strand: Strand) throws(Fault) -> Value {
    terminal.flush()
    do throws(CallFault) {
      let data = try gateway.send(call, on: strand).data
      births.note(data, of: call, at: strand.now)
      return data
    } catch {
      throw fault(error)
    }
  }

  private func list(
    _ call: Call, limit: Int?, page: Int?, on strand: Strand
  ) throws(Fault) -> Value {
    terminal.flush()
    do throws(CallFault) {
      return .list(try pager.list(call, limit: limit, page: page, on: strand))
    } catch {
      throw fault(error)
    }
  }

  private func wait(_ request: WaitRequest, on strand: Strand) throws(Fault) -> Value {
    terminal.flush()
    do throws(WaitStop) {
      return .list(try list(of: desk.wait(births.dated(request), on: strand)))
    } catch {
      throw fault(error)
    }
  }

  private func list(of values: [Value]) throws(WaitStop) -> List {
    do throws(ValueError) {
      return try List(values)
    } catch {
      throw .judge(Fault(.value(error)))
    }
  }

  private func rest(_ nanoseconds: Int, on strand: Strand) throws(Fault) {
    terminal.flush()
    switch strand.sleep(nanoseconds: nanoseconds) {
    case .completed, .time: return
    case .cancelled(let reason): throw Fault(.cancelled(reason))
    case .deadlock: throw Fault(.deadlock)
    }
  }

  func written(_ isOpen: Bool) throws(Fault) {
    if !isOpen { throw Fault(.outputClosed) }
  }

  /// The fault of a call.
  ///
  /// One that was given up is no error to catch; where a change may have happened all the same,
  /// that is said at once, for nothing else would.
  func fault(_ fault: CallFault) -> Fault {
    guard case .cancelled(let reason) = fault.cause else { return Fault(.call(fault)) }
    if fault.isOutcomeUnknown {
      let look = fault.look.map { ": look with `\($0)`" } ?? ""
      terminal.complain("warning: \(SafeText(fault.message + look).text)\n")
    }
    return Fault(.cancelled(reason))
  }

  private func fault(_ stop: WaitStop) -> Fault {
    switch stop {
    case .fault(let wait): Fault(.wait(wait))
    case .call(let call): fault(call)
    case .judge(let error as Fault): error
    case .judge: Fault(.misuse("the condition of the wait could not be judged"))
    case .cancelled(let reason): Fault(.cancelled(reason))
    case .deadlock: Fault(.deadlock)
    case .cannotLook(let type): Fault(.misuse("\(type) is nothing that can be waited for"))
    }
  }
}

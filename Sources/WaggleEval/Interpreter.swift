package import WaggleCheck
package import WaggleText
package import WaggleTime
package import WaggleValues

/// Runs checked programs.
///
/// A `CheckedProgram` comes in, effects go out through one port, and the value of the program's last
/// statement, or the fault that ended it, is what remains. The room knows no syntax, no API, no
/// terminal, no file and no clock: names are slots, operations are entries of the catalogue, and
/// whatever takes time or touches the outside is an `Effect` with the key of where it happens.
///
/// A program is compiled to nodes (`Compiler`), which run on frames of slots: one value stack for
/// each strand, one set of inline caches for each strand, nothing shared that is ever written.
///
///     let interpreter = Interpreter(effects: live, ports: ports, runID: id)
///     let value = try interpreter.run(program, parameters: [.text("eu")], on: strand)
///
/// The main frame stays from one program to the next, so that a prompt can run a line at a time.
package final class Interpreter {
  /// What the evaluator asks of the rooms that it must not know, besides effects.
  package struct Ports: Sendable {
    /// Lays a value out as a table, as text without a last line end.
    let table: @Sendable (Value) -> String
    /// Names a place in the sources: `fleet-up.waggle:11:25`.
    let place: @Sendable (Span) -> String
    /// The words of a place in the sources, on one line.
    let excerpt: @Sendable (Span) -> String
    /// Hears of the steps of the run while it goes on; called on the strand of the step.
    let events: @Sendable (RunEvent) -> Void
    /// How much memory the run may have.
    let memory: MemoryGauge

    /// Makes the ports.
    package init(
      table: @escaping @Sendable (Value) -> String, place: @escaping @Sendable (Span) -> String,
      excerpt: @escaping @Sendable (Span) -> String = { _ in "" },
      events: @escaping @Sendable (RunEvent) -> Void, memory: MemoryGauge
    ) {
      self.table = table
      self.place = place
      self.excerpt = excerpt
      self.events = events
      self.memory = memory
    }
  }

  private let effects: any Effects
  private let ports: Ports
  private let runID: String
  private var slots: UnsafeMutablePointer<Value>
  private var size = 0

  /// Makes an interpreter whose variables are all null.
  ///
  /// - Parameters:
  ///   - effects: The way out.
  ///   - ports: What it asks of other rooms.
  ///   - runID: What makes the idempotency keys of this run unlike those of any other.
  package init(effects: any Effects, ports: Ports, runID: String) {
    self.effects = effects
    self.ports = ports
    self.runID = runID
    slots = .allocate(capacity: 1)
  }

  deinit {
    slots.deinitialize(count: size)
    slots.deallocate()
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: What to run.
  ///   - parameters: The values of its parameters in order; nil where the preset serves.
  ///   - strand: The main strand.
  /// - Returns: The value of the last statement.
  /// - Throws: What ended it, `exit` included; `Fault.exitStatus` is the status of the process.
  package func run(
    _ program: CheckedProgram, parameters: [Value?] = [], on strand: Strand
  ) throws(Fault) -> Value {
    grow(to: program.frameSize)
    let run = Run(
      effects: effects, ports: ports, runID: runID, globals: slots,
      cacheCount: program.cacheCount)
    let machine = Machine(run: run, strand: strand, slots: Interpreter.stackSlots)
    let frame = machine.frame(slots)
    let code = Compiler(program).compile()
    do throws(Raise) {
      try code.set(parameters, frame)
      var value = Value.null
      _ = try code.main.deliver(frame, &value)
      return value
    } catch {
      throw error.fault ?? Fault(.exit(0))
    }
  }

  /// The value of a variable of the main frame; null for one that was never set.
  package func value(of slot: Slot) -> Value { slot < size ? slots[slot] : .null }

  /// Sets a variable of the main frame, such as the prompt's last result.
  package func set(_ value: Value, in slot: Slot) {
    guard slot >= 0 else { return }
    grow(to: slot + 1)
    slots[slot] = value
  }

  private func grow(to wanted: Int) {
    guard wanted > size else { return }
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
    larger.moveInitialize(from: slots, count: size)
    (larger + size).initialize(repeating: .null, count: wanted - size)
    slots.deallocate()
    slots = larger
    size = wanted
  }

  /// The value stack of the main strand: 1.5 MB of address space, taken when touched.
  private static let stackSlots = 65_536
}

/// A program, ready to run.
struct Code {
  let parameters: [Parameter]
  let main: Node

  /// A parameter of the script.
  struct Parameter {
    let name: String
    let type: ParameterType
    let preset: Node?
    let slot: Int
    let span: Span
  }

  /// Sets the parameters' variables from what was given and from the presets.
  func set(_ given: [Value?], _ f: Frame) throws(Raise) {
    for (index, parameter) in parameters.enumerated() {
      let value: Value
      if index < given.count, let own = given[index] {
        value = own
      } else if let preset = parameter.preset {
        value = try preset.value(f)
      } else {
        throw Raise(.missingParameter(parameter.name), at: parameter.span)
      }
      guard parameter.type.admits(value) else {
        throw Raise(.wrongParameter(parameter.name, parameter.type, value), at: parameter.span)
      }
      f.slots[parameter.slot] = value
    }
  }
}

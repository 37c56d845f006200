import Foundation
import Synchronization
import Testing
import WaggleCatalogue
import WaggleDoor
import WaggleHTTP
import WaggleTime
import WaggleValues

@testable import WaggleHost
@testable import WaggleSandbox

/// Keys that a profile keeps, against a sandbox over HTTP that stops taking them.
@Suite("A key that expires while a script runs")
struct KeyedGatewayTests {
  /// A world behind HTTP, and a gateway whose key a program prints that counts how often it ran.
  private struct Scene {
    let world: World
    let gateway: KeyedGateway
    let folder: String

    /// How often the program ran.
    var runs: Int {
      let text = try? String(contentsOfFile: folder + "/runs", encoding: .utf8)
      return text?.split(separator: "\n").count ?? 0
    }

    /// Makes the program print another key, and the world take that one alone, or none.
    func hand(out key: String, accepting accepted: String? = nil) throws {
      try key.write(toFile: folder + "/key", atomically: true, encoding: .utf8)
      world.withState { $0.owners = [accepted ?? key: .caller] }
    }

    /// Reads an instance; gives the status of the answer.
    func status(_ strand: Strand) -> Int? {
      guard let operation = Catalogue.beeOS.operation(id: "getInstance") else { return nil }
      do throws(CallFault) {
        return try gateway.send(Call(operation, path: ["instance_1"]), on: strand).status
      } catch {
        return error.status
      }
    }
  }

  private func play(_ body: (Scene, Strand) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "waggle-keys-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let strands = WallStrands(seed: 1)
    let outcome: Result<Void, any Error> = strands.main(token: Token()) { strand in
      Result {
        let world = World(seed: 7, instances: 3, faults: [], start: strands.now)
        let door = try Door.open(world, port: 0, on: strand)
        defer { door.close(on: strand) }
        let bare = try HTTPGateway(
          endpoint: Endpoint(door.address, from: "door"), key: nil, version: "1",
          environment: { _ in nil })
        let streams = Streams(output: Nowhere(), error: Nowhere(), readInput: { [] })
        let config = try #require(ConfigFolder { $0 == "HOME" ? folder : nil })
        let reader = KeyReader(
          source: .program(["sh", "-c", "echo run >> '\(folder)/runs'; cat '\(folder)/key'"]),
          folder: config,
          programs: Programs(directory: folder, path: "/usr/bin:/bin", terminal: Terminal(streams)))
        let gateway = KeyedGateway(bare, reader, SecretVault())
        try body(Scene(world: world, gateway: gateway, folder: folder), strand)
      }
    }
    try outcome.get()
  }

  @Test("is asked for once more, for all rounds at once, and their calls are made again")
  func renewed() throws {
    try play { scene, strand in
      try scene.hand(out: "the-first-key")
      #expect(scene.status(strand) == 200)
      #expect(scene.runs == 1)
      for (expiry, key) in ["the-second-key", "the-third-key"].enumerated() {
        try scene.hand(out: key)
        let statuses = Mutex<[Int?]>([])
        strand.parallel(rounds: 24, width: 8, token: strand.token, name: { "\($0)" }) {
          _, strand in
          let status = scene.status(strand)
          statuses.withLock { $0.append(status) }
          return true
        }
        #expect(statuses.withLock { $0 } == Array(repeating: 200, count: 24))
        #expect(scene.runs == expiry + 2)
      }
      #expect(scene.gateway.key?.revealed == "the-third-key")
    }
  }

  @Test("and is the same as before: the refusal stands, and nobody asks again")
  func same() throws {
    try play { scene, strand in
      try scene.hand(out: "the-first-key")
      #expect(scene.status(strand) == 200)
      try scene.hand(out: "the-first-key", accepting: "another")
      strand.parallel(rounds: 12, width: 4, token: strand.token, name: { "\($0)" }) { _, strand in
        #expect(scene.status(strand) == 401)
        return true
      }
      #expect(scene.runs == 2)
    }
  }

  @Test("and the new one is refused too: the refusal stands")
  func refusedToo() throws {
    try play { scene, strand in
      try scene.hand(out: "the-first-key")
      #expect(scene.status(strand) == 200)
      try scene.hand(out: "the-second-key", accepting: "another")
      for _ in 0..<3 { #expect(scene.status(strand) == 401) }
      #expect(scene.runs == 2)
    }
  }

  @Test("or that was never taken is not asked for again")
  func neverTaken() throws {
    try play { scene, strand in
      try scene.hand(out: "the-first-key", accepting: "another")
      for _ in 0..<3 { #expect(scene.status(strand) == 401) }
      #expect(scene.runs == 1)
    }
  }

  @Test("and cannot be had any more says so, and nobody asks again")
  func gone() throws {
    try play { scene, strand in
      try scene.hand(out: "the-first-key")
      #expect(scene.status(strand) == 200)
      try scene.hand(out: "", accepting: "another")
      let operation = try #require(Catalogue.beeOS.operation(id: "listAgents"))
      let fault = #expect(throws: CallFault.self) {
        try scene.gateway.send(Call(operation), on: strand)
      }
      #expect(fault?.code == "no_credential")
      #expect(
        fault?.message
          == "the key is no longer valid: what `key-command` prints is empty, so there is no key")
      #expect(scene.status(strand) == 401)
      #expect(scene.runs == 2)
    }
  }
}

/// Where nothing is kept.
private struct Nowhere: Sink {
  func write(_ bytes: [UInt8]) -> Int32 { 0 }
}

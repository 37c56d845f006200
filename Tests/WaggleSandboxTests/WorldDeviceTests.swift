import Testing
import WaggleCatalogue
import WaggleValues

@testable import WaggleSandbox

@Suite("Screens of a world")
struct WorldDeviceTests {
  private static func visitor() -> Visitor { Visitor() }

  /// An action on a computer (`c`) or a handset (`m`), its body, and what the world says of it.
  static let actions: [(String, String, String)] = [
    ("c/click", #"{"x":0,"y":0}"#, "200"), ("c/click", #"{"x":1919,"y":1079}"#, "200"),
    ("c/click", #"{"x":1920,"y":0}"#, "400 invalid_request_error invalid_param x"),
    ("c/click", #"{"x":0,"y":1080}"#, "400 invalid_request_error invalid_param y"),
    ("c/click", #"{"x":-1,"y":0}"#, "400 invalid_request_error invalid_param x"),
    ("c/click", #"{"x":0}"#, "400 validation_error missing_param y"),
    ("c/click", #"{"x":"0","y":0}"#, "400 validation_error invalid_param x"),
    ("c/click", #"{"x":0,"y":0,"button":"middle","count":3}"#, "200"),
    (
      "c/click", #"{"x":0,"y":0,"button":"fourth"}"#,
      "400 invalid_request_error action_unsupported button"
    ),
    ("c/click", #"{"x":0,"y":0,"count":0}"#, "400 invalid_request_error invalid_param count"),
    ("c/move", #"{"x":7,"y":7}"#, "200"),
    ("c/move", #"{"x":7,"y":99999}"#, "400 invalid_request_error invalid_param y"),
    ("c/scroll", #"{"direction":"down"}"#, "200"),
    ("c/scroll", #"{"direction":"left","amount":3,"x":1,"y":1}"#, "200"),
    ("c/scroll", #"{"direction":"left","x":9999}"#, "400 invalid_request_error invalid_param x"),
    ("c/scroll", "{}", "400 validation_error missing_param direction"),
    ("c/scroll", #"{"direction":"in"}"#, "400 invalid_request_error action_unsupported direction"),
    (
      "c/scroll", #"{"direction":"up","amount":0}"#,
      "400 invalid_request_error invalid_param amount"
    ),
    ("c/type", #"{"text":"hello","submit":true}"#, "200"), ("c/type", #"{"text":""}"#, "200"),
    ("c/type", "{}", "400 validation_error missing_param text"),
    ("c/type", #"{"text":7}"#, "400 validation_error invalid_param text"),
    ("c/key", #"{"keys":["ctrl","s"]}"#, "200"), ("c/key", #"{"keys":["F5"]}"#, "200"),
    ("c/key", #"{"keys":["ß"]}"#, "200"),
    ("c/key", #"{"keys":["F25"]}"#, "400 invalid_request_error action_unsupported keys"),
    ("c/key", #"{"keys":["ctrl","anykey"]}"#, "400 invalid_request_error action_unsupported keys"),
    ("c/key", #"{"keys":[]}"#, "400 invalid_request_error invalid_param keys"),
    ("c/screenshot", "", "200"),
    ("m/tap", #"{"x":1079,"y":2399}"#, "200"),
    ("m/tap", #"{"x":1080,"y":0}"#, "400 invalid_request_error invalid_param x"),
    ("m/double_tap", #"{"x":1,"y":2400}"#, "400 invalid_request_error invalid_param y"),
    ("m/double_tap", #"{"x":1,"y":1}"#, "200"),
    ("m/long_press", #"{"x":1,"y":1,"duration_ms":99999}"#, "200"),
    ("m/swipe", #"{"x1":1,"y1":900,"x2":1,"y2":100}"#, "200"),
    (
      "m/swipe", #"{"x1":1,"y1":900,"x2":1080,"y2":100}"#,
      "400 invalid_request_error invalid_param x2"
    ),
    ("m/swipe", #"{"x1":1,"y1":900,"x2":1}"#, "400 validation_error missing_param y2"),
    ("m/drag", #"{"x1":1,"y1":9,"x2":1,"y2":1,"duration_ms":-5}"#, "200"),
    ("m/scroll", #"{"direction":"up"}"#, "200"), ("m/type", #"{"text":"é🐝"}"#, "200"),
    ("m/key", #"{"keys":["KEYCODE_HOME"]}"#, "200"), ("m/key", #"{"keys":["enter"]}"#, "200"),
    (
      "m/key", #"{"keys":["KEYCODE_A","KEYCODE_B"]}"#,
      "400 validation_error invalid_param keys"
    ),
    ("m/key", #"{"keys":["KEYCODE_NOPE"]}"#, "400 invalid_request_error action_unsupported keys"),
    ("m/press_button", #"{"button":"volume_up"}"#, "200"),
    (
      "m/press_button", #"{"button":"shake"}"#,
      "400 invalid_request_error action_unsupported button"
    ),
    ("m/open_app", #"{"app":"settings"}"#, "200"),
    ("m/open_app", #"{"app":"com.beeos.mail","locale":"de-CH","activity":".Main"}"#, "200"),
    ("m/open_app", #"{"app":"Solitaire"}"#, "400 invalid_request_error action_unsupported app"),
    ("m/screenshot", "", "200"),
  ]

  @Test("each action is judged by the screen that it is for", arguments: actions)
  func verdicts(action: String, body: String, verdict: String) throws {
    let visitor = Self.visitor()
    let isHandset = action.hasPrefix("m/")
    let id = try visitor.instance(isHandset ? "android" : "linux")
    let path = (isHandset ? "mobile/" : "computer/") + action.dropFirst(2)
    #expect(try visitor.verdict("POST", "/api/v1/instances/\(id)/\(path)", body: body) == verdict)
  }

  @Test("the system decides which paths there are")
  func paths() throws {
    let visitor = Self.visitor()
    let (desk, phone) = (try visitor.instance("linux"), try visitor.instance("android"))
    let missing = "404 not_found_error agent_not_found"
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(desk)/computer") == "200")
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(phone)/mobile") == "200")
    for (id, kind) in [(desk, "mobile"), (phone, "computer")] {
      #expect(try visitor.verdict("GET", "/api/v1/instances/\(id)/\(kind)") == missing)
      #expect(try visitor.verdict("POST", "/api/v1/instances/\(id)/\(kind)/screenshot") == missing)
    }
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(desk)/mobile/apps") == missing)
    #expect(try visitor.verdict("GET", "/api/v1/instances/nobody/computer") == missing)
    let fresh = try visitor.deploy()
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(fresh)/computer") == missing)
  }

  @Test("an instance that is offline says so, and does nothing")
  func offline() throws {
    let visitor = Self.visitor()
    let id = try visitor.instance("linux", isOnline: false)
    let (status, json) = try visitor.ask("GET", "/api/v1/instances/\(id)/computer")
    #expect(status == 200 && json["data"]?["online"]?.plainText == "false")
    #expect(json["data"]?["current_app"] == nil)
    for action in ["click", "screenshot"] {
      #expect(
        try visitor.verdict(
          "POST", "/api/v1/instances/\(id)/computer/\(action)", body: #"{"x":99999,"y":0}"#)
          == "503 api_error device_offline")
    }
  }

  @Test("a device does one thing at a time, and a long one takes as long as it says")
  func busy() throws {
    var visitor = Self.visitor()
    let id = try visitor.instance("android")
    func tap() throws -> String {
      try visitor.verdict("POST", "/api/v1/instances/\(id)/mobile/tap", body: #"{"x":1,"y":1}"#)
    }
    #expect(try tap() == "200")
    #expect(try tap() == "409 conflict_error device_busy")
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(id)/mobile/ui_tree") == "200")
    visitor.pass(milliseconds: 149)
    #expect(try tap() == "409 conflict_error device_busy")
    visitor.pass(milliseconds: 1)
    let press = WireRequest(
      method: "POST", path: "/api/v1/instances/\(id)/mobile/long_press",
      headers: [("authorization", "Bearer \(visitor.world.key)")],
      body: Array(#"{"x":1,"y":1,"duration_ms":2000}"#.utf8))
    let answer = visitor.world.handle(press, at: visitor.now)
    #expect(answer.response?.status == 200 && answer.latency == 2_150_000_000)
    visitor.pass(milliseconds: 2_149)
    #expect(try tap() == "409 conflict_error device_busy")
    visitor.pass(milliseconds: 1)
    #expect(try tap() == "200")
  }

  @Test("what is done is seen in the tree, in the list of apps and in the screenshot")
  func seen() throws {
    var visitor = Self.visitor()
    let path = "/api/v1/instances/\(try visitor.instance("android"))/mobile"
    func look() throws -> (tree: String, app: String, picture: [UInt8]) {
      let tree = try visitor.ask("GET", path + "/ui_tree").json["data"]
      let info = try visitor.ask("GET", path).json["data"]
      let shot = try visitor.ask("POST", path + "/screenshot").json["data"]
      visitor.pass(milliseconds: 5_000)
      let address = try #require(shot?["url"]?.plainText)
      let response = try visitor.transfer("GET", address)
      #expect(response.header("content-type") == "image/png")
      #expect(shot?["format"]?.plainText == "png")
      return (
        tree?["content"]?.plainText ?? "", info?["current_app"]?.plainText ?? "-", response.body
      )
    }
    let before = try look()
    let apps = try visitor.ask("GET", path + "/apps").json["data"]?["apps"]
    guard case .list(let list)? = apps else { return }
    let labels = list.elements.map { $0["label"]?.plainText ?? "" }
    #expect(labels == ["Notes", "Browser", "Mail", "Settings"])
    _ = try visitor.ask("POST", path + "/open_app", body: #"{"app":"Browser"}"#)
    visitor.pass(milliseconds: 5_000)
    _ = try visitor.ask("POST", path + "/type", body: #"{"text":"beeos"}"#)
    visitor.pass(milliseconds: 5_000)
    let after = try look()
    #expect(before.app == "-" && after.app == "com.beeos.browser")
    #expect(after.tree.contains(#"text="beeos""#) && !before.tree.contains("beeos\""))
    #expect(before.picture != after.picture)
    let png = try DecodedPNG(after.picture)
    #expect((png.width, png.height) == (1080, 2400))
  }

  @Test("a screenshot is a file, and its address lasts five minutes")
  func screenshot() throws {
    var visitor = Self.visitor()
    let id = try visitor.instance("linux")
    let shot = try visitor.ask("POST", "/api/v1/instances/\(id)/computer/screenshot").json["data"]
    let address = try #require(shot?["url"]?.plainText)
    let file = try #require(shot?["file_id"]?.plainText)
    visitor.pass(milliseconds: 299_999)
    #expect(try visitor.transferVerdict("GET", address) == "200")
    visitor.pass(milliseconds: 1)
    #expect(try visitor.transferVerdict("GET", address) == "403 forbidden")
    let (_, json) = try visitor.ask("GET", "/api/v1/files/\(file)")
    #expect(json["data"]?["filename"]?.plainText == "\(id)-1.png")
    let later = try #require(json["data"]?["download_url"]?.plainText)
    #expect(try visitor.transferVerdict("GET", later) == "200")
  }

  @Test("a screen is new after a restart")
  func restart() throws {
    var visitor = Self.visitor()
    let id = try visitor.instance("android")
    let path = "/api/v1/instances/\(id)/mobile"
    _ = try visitor.ask("POST", path + "/open_app", body: #"{"app":"Mail"}"#)
    _ = try visitor.ask("POST", "/api/v1/instances/\(id)/restart")
    visitor.pass(milliseconds: 20_000)
    #expect(try visitor.ask("GET", path).json["data"]?["current_app"] == nil)
  }

  @Test("a device that is stuck does it and answers too late")
  func stuck() throws {
    var visitor = Visitor(faults: [.stuck(1)])
    let id = try visitor.instance("android")
    let path = "/api/v1/instances/\(id)/mobile"
    #expect(
      try visitor.verdict("POST", path + "/open_app", body: #"{"app":"Mail"}"#)
        == "504 api_error service_timeout")
    visitor.pass(milliseconds: 1_000)
    #expect(
      try visitor.ask("GET", path).json["data"]?["current_app"]?.plainText == "com.beeos.mail")
  }
}

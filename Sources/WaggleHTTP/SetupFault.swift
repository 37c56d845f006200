/// Why a gateway cannot be set up as it was asked for: a setting that says what cannot be.
///
/// All wording about settings stands here. A value is shown only where it cannot hold a password.
package struct SetupFault: Error, Equatable, Sendable {
  /// What is wrong with which setting, as a sentence without a full stop.
  package let message: String
  /// What to do about it; nil where the message says it.
  package let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  static func noScheme(_ setting: String, _ text: String) -> SetupFault {
    SetupFault(
      "\(setting) must be an address, but is \(shown(text))", help: "write it as https://host")
  }

  static func otherScheme(_ setting: String, _ scheme: String, valid: String) -> SetupFault {
    SetupFault("\(setting) must begin with \(valid), but begins with \(shown(scheme + "://"))")
  }

  static func plainHTTP(_ setting: String, _ host: String) -> SetupFault {
    SetupFault(
      "\(setting) would send the key to \(shown(host)) unencrypted: it must begin with https://",
      help: "plain http:// is for this machine alone: localhost, 127.0.0.1, [::1]")
  }

  static func credentials(_ setting: String) -> SetupFault {
    SetupFault(
      "\(setting) must not hold a user name or a password",
      help: "the key belongs in BEEOS_API_KEY")
  }

  static func badHost(_ setting: String, _ host: String) -> SetupFault {
    SetupFault(
      host.isEmpty
        ? "\(setting) names no host" : "\(setting) must name a host, but names \(shown(host))")
  }

  static func badPort(_ setting: String, _ port: String) -> SetupFault {
    SetupFault("the port of \(setting) must be a number from 1 to 65535, but is \(shown(port))")
  }

  static func badPath(_ setting: String, _ path: String) -> SetupFault {
    SetupFault("the path of \(setting) must be plain segments, but is \(shown(path))")
  }

  static func pathOfAPI(_ setting: String) -> SetupFault {
    SetupFault("\(setting) must not end with /api/v1", help: "leave it out: every call adds it")
  }

  static func unreadableRoots(_ path: String) -> SetupFault {
    SetupFault(
      "SSL_CERT_FILE must name a file of certificates, but \(shown(path)) cannot be read",
      help: "unset it to use the certificates of this system")
  }

  static func badProxy(_ setting: String) -> SetupFault {
    SetupFault("\(setting) must be the address of a proxy", help: "write it as http://host:port")
  }

  /// A text of the user's between marks, cut to what fits a line, with nothing that moves a cursor.
  private static func shown(_ text: String) -> String {
    let visible = text.unicodeScalars.map { $0.properties.isVisible ? String($0) : "·" }
    return "`" + visible.prefix(80).joined() + (visible.count > 80 ? "…" : "") + "`"
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isVisible: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}

import Glibc
import WaggleHost

let host = Host(
  arguments: Array(CommandLine.arguments.dropFirst()),
  environment: { getenv($0).map { String(cString: $0) } },
  streams: .process, catchesSignals: true)
exit(host.run())

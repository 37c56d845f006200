/// What is done to the screen of an instance; everything in it is known to make sense there.
enum DeviceAction: Equatable {
  /// The buttons of a mouse.
  enum MouseButton: String { case left, right, middle }
  /// The ways to scroll.
  enum Direction: String { case up, down, left, right }
  /// The buttons on a handset.
  enum HardButton: String { case back, home, recent, power, volume_up, volume_down, enter }

  case move(ScreenPoint)
  case click(ScreenPoint, MouseButton, count: Int)
  case tap(ScreenPoint, count: Int)
  case hold(ScreenPoint, milliseconds: Int)
  case swipe(from: ScreenPoint, to: ScreenPoint, milliseconds: Int)
  case drag(from: ScreenPoint, to: ScreenPoint, milliseconds: Int)
  case scroll(Direction, amount: Int, at: ScreenPoint?)
  case type(String, submits: Bool)
  case keys([String])
  case press(HardButton)
  /// By the app's position on the screen.
  case open(Int)

  /// How long the device takes for it beyond an ordinary answer.
  var milliseconds: Int {
    switch self {
    case .hold(_, let time), .swipe(_, _, let time), .drag(_, _, let time): time
    default: 0
    }
  }
}

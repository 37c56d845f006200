/// How a screen looks.
extension Screen {
  /// The screen as it is now; a handset's that is off is dark.
  var picture: Picture {
    var picture = Picture(width: width, height: height)
    guard isAwake else { return picture }
    paintPage(in: &picture)
    paintTitle(in: &picture)
    for position in apps.indices { paintTile(position, in: &picture) }
    paintMark(in: &picture)
    if !isHandset { paintPointer(in: &picture) }
    return picture
  }

  private func paintPage(in picture: inout Picture) {
    guard let app = front else { return }
    for (place, line) in app.lines.enumerated() {
      let top = page.y.lowerBound + lineHeight / 2 + place * lineHeight - app.offset.y
      guard page.y.overlaps(top..<(top + lineHeight)) else { continue }
      picture.write(line, x: scale * 2 - app.offset.x, y: top, scale: scale, .ink)
    }
    let thumb = ScreenBox(
      x: width - scale * 2, y: page.y.lowerBound + app.offset.y * page.y.count / 40_000,
      width: scale, height: page.y.count / 4)
    picture.fill(thumb, .faint)
    if app.offset.x > 0 {
      let bar = ScreenBox(
        x: app.offset.x * width / 40_000, y: page.y.upperBound - scale, width: width / 4,
        height: scale)
      picture.fill(bar, .faint)
    }
  }

  private func paintTitle(in picture: inout Picture) {
    picture.fill(title, .panel)
    let name = front?.label ?? (isHandset ? "Home" : "Desktop")
    picture.write("\(name) - \(note)", x: scale * 2, y: scale * 3, scale: scale, .ink)
    guard isHandset else { return }
    let bar = ScreenBox(
      x: 0, y: title.y.upperBound - scale, width: width * volume / 15, height: scale)
    picture.fill(bar, .accent)
  }

  private func paintTile(_ position: Int, in picture: inout Picture) {
    let tile = tile(position)
    let inner = ScreenBox(
      x: tile.x.lowerBound + scale, y: tile.y.lowerBound + scale, width: tile.x.count - 2 * scale,
      height: tile.y.count - 2 * scale)
    picture.fill(inner, opened.last == position ? .accent : .panel)
    let ink: Picture.Colour = opened.last == position ? .ground : .ink
    picture.write(
      apps[position].label, x: inner.x.lowerBound + scale, y: inner.y.lowerBound + 2 * scale,
      scale: scale, ink)
  }

  /// Where it was touched: a spot, or a line of spots from the first to the last point.
  private func paintMark(in picture: inout Picture) {
    guard let mark else { return }
    let side = (2 + 2 * mark.size) * scale
    for part in 0...8 {
      let x = mark.from.x + (mark.to.x - mark.from.x) * part / 8
      let y = mark.from.y + (mark.to.y - mark.from.y) * part / 8
      let size = part == 8 ? side : scale
      picture.fill(
        ScreenBox(x: x - size / 2, y: y - size / 2, width: size, height: size), mark.colour)
    }
  }

  private func paintPointer(in picture: inout Picture) {
    let (x, y) = (pointer.x, pointer.y)
    picture.fill(ScreenBox(x: x, y: y, width: scale / 2, height: 3 * scale), .accent)
    picture.fill(ScreenBox(x: x, y: y, width: 2 * scale, height: scale / 2), .accent)
  }
}

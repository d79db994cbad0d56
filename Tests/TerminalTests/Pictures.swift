import Terminal
import Testing

/// Compares a frame with its picture: text, style layer, legend and cursor.
func expectPicture(
    of frame: Frame, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(frame.picture == expected, "drawn:\n\(frame.picture)\n", sourceLocation: sourceLocation)
}

/// Compares a frame's text alone.
func expectText(of frame: Frame, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(frame.text == expected, "drawn:\n\(frame.text)\n", sourceLocation: sourceLocation)
}

/// A frame of `width` × `height` that `draw` has drawn on.
func frame(_ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode, _ draw: (inout Frame) -> Void) -> Frame {
    var frame = Frame(size: Size(width: width, height: height), glyphs: glyphs)
    draw(&frame)
    return frame
}

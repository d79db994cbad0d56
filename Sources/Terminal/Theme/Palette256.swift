/// The colours of xterm's palette: sixteen that users may change, a cube of six steps, and 24 greys.
enum Palette256 {
    /// `0xRRGGBB` by index.
    static let colors: [UInt32] = base + cube + greys

    private static let base: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]

    private static let cube: [UInt32] = (0..<216).map { index in
        let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
        return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6]
    }

    private static let greys: [UInt32] = (0..<24).map { UInt32(8 + 10 * $0) * 0x010101 }

    private static let perceptual = colors.map(PerceptualColor.init(rgb:))

    /// The index among `candidates` that looks most like `rgb`.
    static func nearest(to rgb: UInt32, among candidates: some Sequence<Int>) -> Int? {
        let wanted = PerceptualColor(rgb: rgb)
        return candidates.min { perceptual[$0].distance(to: wanted) < perceptual[$1].distance(to: wanted) }
    }
}

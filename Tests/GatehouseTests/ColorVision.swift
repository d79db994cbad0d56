// How far apart colours look, also to eyes that lack one kind of cone; for testing themes.

import Glibc

/// A colour as linear RGB.
struct SeenColor {
    var red: Double
    var green: Double
    var blue: Double

    init(red: UInt8, green: UInt8, blue: UInt8) {
        func linear(_ byte: UInt8) -> Double {
            let value = Double(byte) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        self.red = linear(red)
        self.green = linear(green)
        self.blue = linear(blue)
    }

    /// Relative luminance (WCAG 2.2).
    var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

    /// The contrast ratio (WCAG 2.2), from 1 to 21.
    func contrast(with other: SeenColor) -> Double {
        let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)
    }

    /// CIE L*a*b* under D65.
    var lab: (lightness: Double, a: Double, b: Double) {
        func curve(_ value: Double) -> Double {
            value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
        let y = curve(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
        let z = curve((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }
}

/// A kind of colour vision; the matrices are those of Machado, Oliveira and Fernandes (2009) at full severity.
enum ColorVision: String, CaseIterable {
    case full, protanopia, deuteranopia, tritanopia

    private var matrix: [[Double]] {
        switch self {
        case .full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protanopia:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .deuteranopia:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .tritanopia:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    func seen(_ color: SeenColor) -> SeenColor {
        func row(_ weights: [Double]) -> Double {
            min(1, max(0, weights[0] * color.red + weights[1] * color.green + weights[2] * color.blue))
        }
        var result = color
        (result.red, result.green, result.blue) = (row(matrix[0]), row(matrix[1]), row(matrix[2]))
        return result
    }

    /// The difference as this eye sees it, by CIEDE2000 (Sharma, Wu and Dalal, 2005).
    func difference(_ left: SeenColor, _ right: SeenColor) -> Double {
        let (l1, a1, b1) = seen(left).lab
        let (l2, a2, b2) = seen(right).lab
        let power = 6_103_515_625.0  // 25 to the 7th
        let meanChroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
        let stretch = 1.5 - 0.5 * (pow(meanChroma, 7) / (pow(meanChroma, 7) + power)).squareRoot()
        let (c1, c2) = (hypot(a1 * stretch, b1), hypot(a2 * stretch, b2))
        func hue(_ a: Double, _ b: Double) -> Double {
            guard a != 0 || b != 0 else { return 0 }
            let degrees = atan2(b, a) * 180 / .pi
            return degrees < 0 ? degrees + 360 : degrees
        }
        func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
        let (h1, h2) = (hue(a1 * stretch, b1), hue(a2 * stretch, b2))
        var turn = c1 * c2 == 0 ? 0 : h2 - h1
        if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
        let deltaHue = 2 * (c1 * c2).squareRoot() * sin(turn / 2 * .pi / 180)
        var meanHue = h1 + h2
        if c1 * c2 != 0 {
            meanHue = abs(h1 - h2) <= 180 ? meanHue / 2 : (meanHue < 360 ? meanHue + 360 : meanHue - 360) / 2
        }
        let lightness = (l1 + l2) / 2
        let chroma = (c1 + c2) / 2
        let weight =
            1 - 0.17 * cosine(meanHue - 30) + 0.24 * cosine(2 * meanHue) + 0.32 * cosine(3 * meanHue + 6)
            - 0.2 * cosine(4 * meanHue - 63)
        let dark = (lightness - 50) * (lightness - 50)
        let lightnessTerm = (l2 - l1) / (1 + 0.015 * dark / (20 + dark).squareRoot())
        let chromaTerm = (c2 - c1) / (1 + 0.045 * chroma)
        let hueTerm = deltaHue / (1 + 0.015 * chroma * weight)
        let angle = 60 * exp(-pow((meanHue - 275) / 25, 2)) * .pi / 180
        let rotation = -2 * (pow(chroma, 7) / (pow(chroma, 7) + power)).squareRoot() * sin(angle)
        return
            (lightnessTerm * lightnessTerm + chromaTerm * chromaTerm + hueTerm * hueTerm
            + rotation * chromaTerm * hueTerm).squareRoot()
    }
}

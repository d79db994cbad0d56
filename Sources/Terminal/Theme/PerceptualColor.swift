import Glibc

/// A colour in OKLab, where distance is close to what eyes see (Björn Ottosson, 2020).
struct PerceptualColor: Hashable, Sendable {
    let lightness: Double
    let a: Double
    let b: Double

    /// From `0xRRGGBB` in sRGB.
    init(rgb: UInt32) {
        let red = PerceptualColor.linear(rgb >> 16 & 0xFF)
        let green = PerceptualColor.linear(rgb >> 8 & 0xFF)
        let blue = PerceptualColor.linear(rgb & 0xFF)
        let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    }

    func distance(to other: PerceptualColor) -> Double {
        let lightnessStep = lightness - other.lightness
        // Hue matters more than lightness when a role must keep its meaning.
        let aStep = 2 * (a - other.a)
        let bStep = 2 * (b - other.b)
        return lightnessStep * lightnessStep + aStep * aStep + bStep * bStep
    }

    private static func linear(_ channel: UInt32) -> Double {
        let value = Double(channel) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}

import Glibc

/// Random numbers that are the same for the same seed everywhere (SplitMix64, Steele, Lea and Flood 2014).
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64

    /// A generator of its own for each place in the simulation, so that stretches of time don't depend on each other.
    init(seed: UInt64, place: Int64) {
        state = seed &+ UInt64(bitPattern: place) &* 0xBF58_476D_1CE4_E5B9
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to but without 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func index(below count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

    mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    mutating func element<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[index(below: elements.count)]
    }

    /// Many small values and a few large ones, as latencies are: half lie below the median.
    mutating func logNormal(median: Double, spread: Double) -> Double {
        // Box and Muller, one of the two.
        let radius = (-2 * log(1 - unit())).squareRoot()
        return median * exp(spread * radius * cos(2 * .pi * unit()))
    }

    /// How many independent events fall into a stretch in which so many are expected (Knuth; a normal for many).
    mutating func count(expected: Double) -> Int {
        guard expected > 0 else { return 0 }
        guard expected < 30 else {
            let radius = (-2 * log(1 - unit())).squareRoot()
            return max(0, Int((expected + expected.squareRoot() * radius * cos(2 * .pi * unit())).rounded()))
        }
        let limit = exp(-expected)
        var count = 0
        var product = unit()
        while product > limit {
            count += 1
            product *= unit()
        }
        return count
    }
}

/// A choice among things of unequal weight.
struct Weighted<Element: Sendable>: Sendable {
    private let elements: [Element]
    private let ends: [Double]

    init(_ pairs: [(Element, weight: Double)]) {
        elements = pairs.map(\.0)
        var total = 0.0
        ends = pairs.map { pair in
            total += pair.weight
            return total
        }
    }

    func pick(_ random: inout DemoRandom) -> Element? {
        let point = random.unit() * (ends.last ?? 0)
        return ends.firstIndex { point < $0 }.map { elements[$0] } ?? elements.last
    }
}

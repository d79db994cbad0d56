/// Tells whether a parameter, header or JSON member is one whose value is a secret.
enum SecretName {
    /// Names that end in one of these, once punctuation, case and trailing digits are gone: `X-Auth-Token`, `token[0]`;
    /// of longer ones the last sixteen letters count.
    private static let endings = [
        "token", "tokens", "password", "passwd", "passphrase", "passcode", "pwd", "secret", "apikey", "accesskey",
        "secretkey", "privatekey", "subscriptionkey", "functionskey", "signature", "credential", "credentials",
        "authorization", "authorizationcode", "assertion", "sessionid", "sessid", "jwt", "cookie", "cookies",
    ]

    /// Names that are secret as they stand; part of a longer word they are not (`country_code`, `monkey`).
    private static let names = [
        "pw", "otp", "totp", "authcode", "usercode", "devicecode", "verificationcode", "resetcode", "mfacode",
        "codeverifier", "samlresponse", "samlart", "hmac", "csrf", "xsrf", "cvv", "cvc", "ssn", "cardnumber",
        "connectionstring",
    ]

    /// Names that are secret as a parameter or a JSON member, but plain words before a colon (`error code: 7`).
    private static let parameters = ["key", "code", "sig", "auth", "session", "sid", "ticket", "pass", "pin", "bearer"]

    private static let packedEndings: [(name: UInt128, mask: UInt128)] = endings.map { name in
        (packed(name), ~(~UInt128(0) << (name.utf8.count * 8)))
    }
    private static let packedNames = Set(names.map(packed))
    private static let packedParameters = Set(parameters.map(packed))

    /// Whether any secret name ends in two given letters: most names don't, and need no further look.
    private static let pairs: [Bool] = {
        var pairs = Array(repeating: false, count: 1 << 16)
        for name in endings + names + parameters { pairs[Int(packed(name) & 0xffff)] = true }
        return pairs
    }()

    /// The last sixteen characters as a number, so that a comparison is one of integers.
    private static func packed(_ name: String) -> UInt128 {
        name.utf8.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// Whether the name in a range is secret; percent-encoding, also repeated, is seen through.
    ///
    /// Each part between brackets or dots counts, and the whole: `user[password][0]`, `api.key`.
    static func isSecret(_ bytes: Span<UInt8>, in range: Range<Int>, beforeColon: Bool) -> Bool {
        var whole = Packed()
        var part = Packed()
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                // `%2561` is `%61` once decoded and `a` twice decoded: skipping each `25` reads every depth.
                while index + 4 <= range.upperBound, bytes[index] == 0x32, bytes[index + 1] == 0x35 { index += 2 }
                guard
                    index + 2 <= range.upperBound,
                    let high = Hex.value(bytes[index]), let low = Hex.value(bytes[index + 1])
                else { continue }
                byte = high << 4 | low
                index += 2
            }
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte |= 0x20
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: " "): continue
            default:
                if part.isSecret(beforeColon: beforeColon) { return true }
                part = Packed()
                continue
            }
            whole.append(byte)
            part.append(byte)
        }
        return part.isSecret(beforeColon: beforeColon) || whole.isSecret(beforeColon: beforeColon)
    }

    private struct Packed {
        private var bits: UInt128 = 0
        private var count = 0

        mutating func append(_ byte: UInt8) {
            bits = bits << 8 | UInt128(byte)
            count += 1
        }

        func isSecret(beforeColon: Bool) -> Bool {
            guard count > 1 else { return false }
            var bits = bits
            while (0x30...0x39).contains(UInt8(truncatingIfNeeded: bits)) { bits >>= 8 }
            guard pairs[Int(bits & 0xffff)] else { return false }
            if count <= 16 {
                if packedNames.contains(bits) { return true }
                if !beforeColon, packedParameters.contains(bits) { return true }
            }
            for ending in packedEndings where bits & ending.mask == ending.name { return true }
            return false
        }
    }
}

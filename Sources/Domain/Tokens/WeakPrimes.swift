/// The mark that a flawed generator left on its RSA keys: primes of the form k·M + 65537^a mod M (Nemec et al., "The
/// Return of Coppersmith's Attack", 2017).
enum WeakPrimes {
    private static let primes: [Int] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
        109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]

    /// Whether the modulus is a power of 65537 modulo each of the primes; a key of another origin is in less than one
    /// case of a hundred million.
    static func hasFingerprint(_ modulus: [UInt8]) -> Bool {
        primes.allSatisfy { prime in
            let residue = modulus.reduce(0) { ($0 << 8 | Int($1)) % prime }
            var power = 1
            repeat {
                if power == residue { return true }
                power = power * (65537 % prime) % prime
            } while power != 1
            return false
        }
    }
}

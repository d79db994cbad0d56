import Domain
import Foundation

/// Finds the bytes of a certificate in what people give: DER (X.690), or PEM (RFC 7468).
enum CertificateText {
    private static let beginning = "-----BEGIN CERTIFICATE-----"
    private static let end = "-----END CERTIFICATE-----"

    static func der(of bytes: [UInt8]) throws(SecretsError) -> [UInt8] {
        guard bytes.count <= 65_536 else { throw .certificateInvalid("is longer than 64 KiB") }
        let der = bytes.first == 0x30 ? bytes : try decoded(String(decoding: bytes, as: UTF8.self))
        // A sequence whose length is the length of the rest: a cut file would give another thumbprint.
        guard der.count > 256, der[0] == 0x30, der[1] == 0x82, Int(der[2]) << 8 | Int(der[3]) == der.count - 4 else {
            throw .certificateInvalid("is neither DER nor PEM, or isn't whole")
        }
        return der
    }

    private static func decoded(_ text: String) throws(SecretsError) -> [UInt8] {
        let parts = text.components(separatedBy: beginning)
        guard parts.count == 2, let stop = parts[1].range(of: end) else {
            throw .certificateInvalid("isn't one certificate, as DER or PEM")
        }
        let lines = parts[1][..<stop.lowerBound].filter { !$0.isWhitespace }
        guard let data = Data(base64Encoded: String(lines)) else { throw .certificateInvalid("is not base 64") }
        return Array(data)
    }
}

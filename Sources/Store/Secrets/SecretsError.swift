package import Domain

/// Why nothing was done with keys, credentials or tokens, in words that say what still works and what to do.
package enum SecretsError: Error, Hashable, Sendable, CustomStringConvertible {
    case masterKeyMissing(String)
    case masterKeyUnreadable(String, String)
    /// Other accounts can read the file.
    case masterKeyOpen(String)
    case masterKeyMalformed(String)
    /// It isn't the one that the store's keys are under.
    case masterKeyWrong(String)
    case masterKeyUnwritable(String, String)
    /// The new one is in use, and the old one still lies beside it.
    case oldMasterKeyLeft(String)
    /// A new one can't be put there by Gatehouse.
    case masterKeyElsewhere(String)
    /// The store has no keys yet.
    case noKeys
    /// The sealed key was changed, or comes from another place.
    case keyDamaged(String)
    case noSigningKey(SigningAlgorithm?)
    case clientUnknown(String)
    case clientInactive(String)
    case tooManyCredentials(client: String, Credential.Kind)
    case credentialUnknown(String)
    case credentialEnded(String)
    case certificateInvalid(String)
    case certificateTaken
    case tokenUnknown(String)
    /// Several that begin so.
    case tokenAmbiguous(String)
    case scopesNotAllowed(client: String, [String])
    case badOrder(String)
    case badTarget(String)
    /// What is issued now would be revoked at once.
    case bornRevoked(client: String, epoch: Int64)

    package var category: PolicyStoreError.Category {
        switch self {
        case .clientInactive, .tooManyCredentials, .scopesNotAllowed, .bornRevoked, .certificateTaken: .refused
        case .masterKeyMissing, .masterKeyUnreadable, .masterKeyOpen, .masterKeyMalformed, .masterKeyWrong,
            .masterKeyUnwritable, .oldMasterKeyLeft, .masterKeyElsewhere, .noKeys, .keyDamaged, .noSigningKey,
            .clientUnknown,
            .credentialUnknown, .credentialEnded, .certificateInvalid, .tokenUnknown, .tokenAmbiguous, .badOrder,
            .badTarget:
            .failed
        }
    }

    package var message: String {
        switch self {
        case .masterKeyMissing(let name): "there is no master key at \(name)"
        case .masterKeyUnreadable(let name, let problem): "the master key at \(name) can't be read: \(problem)"
        case .masterKeyOpen(let path): "other accounts can read the master key at \(path)"
        case .masterKeyMalformed(let name): "\(name) doesn't hold a master key"
        case .masterKeyWrong(let name): "the master key at \(name) is not the one of this store"
        case .masterKeyUnwritable(let path, let problem): "the master key can't be written to \(path): \(problem)"
        case .oldMasterKeyLeft(let name):
            "the new master key is in use, but the old one couldn't be taken out of \(name)"
        case .masterKeyElsewhere(let name): "the master key comes from \(name), where no new one can be put from here"
        case .noKeys: "the store has no keys yet"
        case .keyDamaged(let name): "the sealed key \(name) was changed, or comes from elsewhere"
        case .noSigningKey(let algorithm):
            "there is no active key to sign tokens\(algorithm.map { " with \($0.name)" } ?? "")"
        case .clientUnknown(let name): "there is no client \(name)"
        case .clientInactive(let name): "the client \(name) is suspended or has expired"
        case .tooManyCredentials(let client, let kind):
            "\(client) has \(Credential.mostOfAKind) credentials of the kind \(kind.rawValue) already"
        case .credentialUnknown(let name): "there is no credential \(name)"
        case .credentialEnded(let name): "the credential \(name) has expired, was revoked, or has its successor already"
        case .certificateInvalid(let problem): "the certificate \(problem)"
        case .certificateTaken: "the certificate is a client's already"
        case .tokenUnknown(let name): "there is no token \(name)"
        case .tokenAmbiguous(let name): "several tokens begin with \(name)"
        case .scopesNotAllowed(let client, let scopes):
            "\(client) isn't allowed \(scopes.count == 1 ? "the scope" : "the scopes") \(scopes.joined(separator: ", "))"
        case .badOrder(let problem), .badTarget(let problem): problem
        case .bornRevoked(let client, let epoch): "what \(client) gets now is revoked by epoch \(epoch)"
        }
    }

    package var advice: String {
        switch self {
        case .masterKeyMissing:
            "Reading and watching still work. Put it back from its copy; without it the store's keys can't be opened."
        case .masterKeyUnreadable: "Reading and watching still work. Make it a file of this account with mode 0600."
        case .masterKeyOpen(let path):
            "It may have been read already. Run: chmod 600 '\(path)', and 'gatehouse key rotate master'."
        case .masterKeyMalformed: "It is 32 bytes as base64url or hexadecimal digits, in a line of its own."
        case .masterKeyWrong: "Reading and watching still work. Put the right one there, or name its file."
        case .masterKeyUnwritable: "Nothing was changed. Make its folder writable."
        case .oldMasterKeyLeft: "Everything works. Take the first line out of the file, or rotate again."
        case .masterKeyElsewhere:
            "Put the old key and a new one there, each in a line, rotate, and then take the old one away."
        case .noKeys: "Run 'gatehouse init', which makes them."
        case .keyDamaged:
            "Reading and watching still work. Restore policy.sqlite, or rotate the key to get another one."
        case .noSigningKey(let algorithm):
            "Run 'gatehouse key rotate signing\(algorithm.map { " --algorithm \($0.name)" } ?? "")' to make one."
        case .clientUnknown: "Run 'gatehouse client list' for those that there are."
        case .clientInactive: "Nothing was issued. Make the client active first."
        case .tooManyCredentials: "Nothing was issued. Revoke one, or wait until it expires."
        case .credentialUnknown: "Run 'gatehouse client show' for the credentials of a client."
        case .credentialEnded: "Nothing was changed. Issue another one."
        case .certificateInvalid: "Give one certificate, as PEM or DER."
        case .certificateTaken: "Nothing was changed. Each client has certificates of its own."
        case .tokenUnknown, .tokenAmbiguous: "Run 'gatehouse token list' for those that there are."
        case .scopesNotAllowed: "Nothing was issued. Give the client the scopes first, or ask for fewer."
        case .badOrder: "Nothing was issued."
        case .badTarget: "Nothing was revoked."
        case .bornRevoked: "Nothing was issued. That revocation is for good, or the clock went back."
        }
    }

    package var description: String { "\(message). \(advice)" }
}

/// The tables of credentials, tokens, revocations and sealed keys, which are never part of a policy.
enum SecretsSchema {
    static let step1 = ""
}

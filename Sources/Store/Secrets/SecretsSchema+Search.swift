extension SecretsSchema {
    /// Indexes alone, so that a store without them is read too, slower: what is alive among much that has expired, and
    /// what a revocation of each kind hits.
    static let step2 = """
        CREATE INDEX tokens_by_expiry ON tokens (expires, issued, client);
        CREATE INDEX tokens_by_credential ON tokens (credential) WHERE credential IS NOT NULL;
        CREATE INDEX tokens_by_address ON tokens (issued_from) WHERE issued_from IS NOT NULL;
        """

    /// Indexes alone: which lists of names live tokens carry.
    static let step3 = """
        CREATE INDEX tokens_by_scopes ON tokens (scopes, expires);
        CREATE INDEX tokens_by_roles ON tokens (roles, expires) WHERE roles IS NOT NULL;
        """
}

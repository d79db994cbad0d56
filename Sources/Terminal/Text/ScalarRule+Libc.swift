internal import CTerminal

extension ScalarRule {
    /// The class of `scalar` by the libc that is installed, in its UTF-8 locale: what the table should say.
    ///
    /// Nil where there is no UTF-8 locale. Sets the locale of the process, as a session does.
    package static func classByLibc(of scalar: Unicode.Scalar) -> ScalarClass? {
        guard ct_set_locale() else { return nil }
        return scalarClass(of: scalar, libcWidth: Int(ct_width(scalar.value)))
    }
}

// The themes that come with Gatehouse, embedded so that the program runs from anywhere as one file.

/// The source texts of the built-in themes, in the order in which lists show them; the first is the default.
package enum BuiltInThemes {
    package static let sources: [(name: String, yaml: [UInt8])] = [
        ("gatehouse-dark", PackageResources.gatehouse_dark_yaml),
        ("gatehouse-light", PackageResources.gatehouse_light_yaml),
        ("deuteranopia", PackageResources.deuteranopia_yaml),
        ("tritanopia", PackageResources.tritanopia_yaml),
        ("high-contrast", PackageResources.high_contrast_yaml),
        ("mono", PackageResources.mono_yaml),
        ("terminal-16", PackageResources.terminal_16_yaml),
        ("nord", PackageResources.nord_yaml),
        ("gruvbox", PackageResources.gruvbox_yaml),
        ("solarized-dark", PackageResources.solarized_dark_yaml),
        ("solarized-light", PackageResources.solarized_light_yaml),
        ("dracula", PackageResources.dracula_yaml),
        ("amber", PackageResources.amber_yaml),
    ]
}

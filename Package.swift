// swift-tools-version: 6.2
// What each target is for, and what it may import, is told in Sources/ARCHITECTURE.md.

import PackageDescription

/// Continuous integration sets this, so that a warning fails there and never stops anyone who is trying something.
let isStrict = Context.environment["GATEHOUSE_STRICT"] != nil

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// Each YAML file of `Themes/`, without its ending.
let themes = [
    "amber", "deuteranopia", "dracula", "gatehouse-dark", "gatehouse-light", "gruvbox", "high-contrast", "mono", "nord",
    "solarized-dark", "solarized-light", "terminal-16", "tritanopia",
]

let package = Package(
    name: "gatehouse",
    products: [
        .executable(name: "gatehouse", targets: ["gatehouse"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "Domain", dependencies: [crypto, cryptoExtras], swiftSettings: settings),
        .target(name: "LogFormats", dependencies: ["Domain"], swiftSettings: settings),
        .target(name: "Store", dependencies: ["Domain", grdb, sqlite, crypto], swiftSettings: settings),
        .target(name: "Pipeline", dependencies: ["Domain", "LogFormats"], swiftSettings: settings),
        .target(
            name: "CTerminal",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .target(name: "Terminal", dependencies: ["CTerminal"], swiftSettings: settings),
        .target(name: "Console", dependencies: ["Domain", "Terminal"], swiftSettings: settings),
        .target(
            name: "Themes",
            path: "Themes",
            resources: themes.map { .embedInCode("\($0).yaml") },
            swiftSettings: settings
        ),
        .executableTarget(
            name: "gatehouse",
            dependencies: [
                "Domain", "LogFormats", "Store", "Pipeline", "Terminal", "Console", "Themes",
                argumentParser, yams, crypto,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "benchmarks",
            dependencies: ["Domain", "LogFormats", "Store", "Pipeline", "Terminal", "Console", argumentParser, grdb],
            path: "Tests/Benchmarks",
            exclude: ["policy_peers.py"],
            swiftSettings: settings
        ),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: settings),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "LogFormatsTests", dependencies: ["LogFormats", "Domain"], swiftSettings: settings),
        .executableTarget(
            name: "store-storm", dependencies: ["Store", "Domain"], path: "Tests/StoreStorm", swiftSettings: settings),
        .testTarget(
            name: "StoreTests", dependencies: ["Store", "Domain", "TestSupport", "store-storm", grdb, crypto],
            swiftSettings: settings),
        .testTarget(
            name: "PipelineTests", dependencies: ["Pipeline", "LogFormats", "Domain"], swiftSettings: settings),
        .executableTarget(
            name: "terminal-probe", dependencies: ["Terminal"], path: "Tests/TerminalProbe", swiftSettings: settings),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "terminal-probe"], swiftSettings: settings),
        .testTarget(
            name: "ConsoleTests", dependencies: ["Console", "Terminal", "Domain"], exclude: ["Pictures"],
            swiftSettings: settings),
        .testTarget(
            name: "GatehouseTests",
            dependencies: [
                "gatehouse", "Store", "Pipeline", "LogFormats", "Console", "Terminal", "Themes", "Domain",
                "TestSupport",
            ],
            swiftSettings: settings),
    ]
)

import Foundation

/// A fresh folder that is gone when its owner is.
final class TemporaryFolder {
    let path: String

    init() throws {
        path =
            NSTemporaryDirectory().hasSuffix("/")
            ? NSTemporaryDirectory() + "gatehouse-test-\(UUID().uuidString)"
            : NSTemporaryDirectory() + "/gatehouse-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

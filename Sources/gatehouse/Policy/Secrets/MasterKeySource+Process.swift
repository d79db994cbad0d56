import Foundation
import Store

extension MasterKeySource {
    /// Where this process finds the master key.
    static func ofProcess(_ store: StoreOption) -> MasterKeySource {
        MasterKeySource(folder: StoreFolder(store.path), environment: ProcessInfo.processInfo.environment)
    }
}

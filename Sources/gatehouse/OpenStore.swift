import Store

/// Opens a store for commands that only look.
enum OpenStore {
    /// A reader of the store; fails with what to do when there is none.
    static func reader(at path: String) throws -> TrafficReader {
        let folder = StoreFolder(path)
        if folder.exists { try folder.checkIsFolder() }
        guard folder.hasCatalog else {
            throw CommandFailure(
                "there is no store at \(path); make one with `gatehouse ingest FILE`, or name another with --store")
        }
        let reader = TrafficReader(folder: folder)
        _ = try reader.refresh()
        return reader
    }
}

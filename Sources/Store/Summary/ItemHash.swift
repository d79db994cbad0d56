import Domain

/// The hash by which an item of one segment is known in another, where its text has another id.
enum ItemHash {
    static func hash(
        of key: UInt64, in list: SummaryList, with hash: KeyedHash,
        text: (TextField, Int) -> UnsafeRawBufferPointer
    ) -> UInt64 {
        switch list {
        case .clients, .addresses:
            return hash.hash(text(list.field, Int(key)))
        case .routes:
            let route = hash.hash(text(.route, Int(key >> 32)))
            let method = Int(key & 0xffff_ffff)
            return hash.combined(route, method == 0 ? 0 : hash.hash(text(.method, method)))
        }
    }
}

extension KeyedHash {
    func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.baseAddress.map { hash($0, count: bytes.count) } ?? 0
    }
}

import Domain

/// The items of a policy in canonical JSON, as one version after the other changes them.
struct ItemReplay {
    struct Key: Hashable, Comparable, CustomStringConvertible {
        let kind: String
        let name: String

        var description: String { "\(kind)/\(name)" }

        static func < (left: Key, right: Key) -> Bool { (left.kind, left.name) < (right.kind, right.name) }
    }

    struct Item {
        let json: String
        let hash: [UInt8]
        let version: Int
    }

    private(set) var byKey: [Key: Item] = [:]
    /// In order; a policy is hashed for each version, and sorting it each time would cost more than the hash.
    private var keys: [Key] = []
    private var undo: [(Key, Item?)] = []

    var count: Int { byKey.count }

    /// Applies a version's edits; gives the first item that wasn't before what the edit says.
    mutating func apply(_ edits: [PolicyContent.Edit], version: Int) -> Key? {
        var wrong: Key?
        undo.removeAll(keepingCapacity: true)
        for edit in edits {
            let key = Key(kind: edit.kind, name: edit.name)
            if byKey[key]?.json != edit.before, wrong == nil { wrong = key }
            let item = edit.after.map { json in
                Item(
                    json: json, hash: PolicyContent.hash(ofKind: edit.kind, name: edit.name, json: json),
                    version: version)
            }
            undo.append((key, byKey[key]))
            put(item, at: key)
        }
        return wrong
    }

    /// Takes the last version's edits back: a draft changes nothing.
    mutating func takeBack() {
        for (key, item) in undo.reversed() { put(item, at: key) }
        undo.removeAll()
    }

    private mutating func put(_ item: Item?, at key: Key) {
        let wasThere = byKey[key] != nil
        byKey[key] = item
        guard wasThere != (item != nil) else { return }
        if wasThere {
            keys.remove(at: index(of: key))
        } else {
            keys.insert(key, at: index(of: key))
        }
    }

    private func index(of key: Key) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func content() -> [UInt8] {
        var hasher = PolicyContent.Hasher()
        for key in keys {
            if let item = byKey[key] { hasher.add(item: item.hash) }
        }
        return hasher.finalized()
    }
}

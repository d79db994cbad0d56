extension PolicyTree {
    /// Where a field of an item stands, or what comes nearest to it: the item, the section.
    ///
    /// The field is a path like `permissions[2].conditions[0].networks`.
    package func place(ofSection section: String, item: ItemKey, field: String) -> Place? {
        guard let (start, outer) = member(section) else { return nil }
        var tree = start
        var place = outer
        if item.kind != .settings {
            guard let (value, found) = tree.member(item.name) else { return place }
            (tree, place) = (value, found ?? place)
        }
        for step in field.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
            if let index = Int(step), case .list(let elements) = tree.content {
                guard elements.indices.contains(index) else { return place }
                tree = elements[index]
                place = tree.place ?? place
            } else {
                guard let (value, found) = tree.member(String(step)) else { return place }
                tree = value
                place = value.place ?? found ?? place
            }
        }
        return place
    }

    private func member(_ name: String) -> (PolicyTree, Place?)? {
        guard case .map(let members) = content, let member = members.first(where: { $0.name == name }) else {
            return nil
        }
        return (member.value, member.place)
    }
}

package import Domain
package import Terminal

/// A list of one part of the policy, with what is known of each thing, and the way to change it.
package struct ItemScreen<Listing: ItemListing>: Screen {
    package static var name: ScreenName { Listing.name }
    package static var keymap: Keymap<ItemCommand> { ItemCommand.keymap }

    var rows = ItemRows()
    /// The places of the rows among all items.
    var list = ListState<Int32>(newest: .first)
    var marked: Set<ItemKey> = []
    var prompt: ListPrompt?
    var filter = ListFilter.everything
    var filterText = ""
    var order = ItemRows.Order.standard
    private(set) var columns = ColumnSet(Listing.columns)
    /// Whether the detail takes the whole screen, and how far it is scrolled.
    var detailScroll: Int?
    var detail: ItemDetail?
    /// When the detail's questions were asked last.
    private var askedAt = Timestamp.distantPast
    /// What is being written; it stays until it is applied or thrown away.
    var form: ItemEditor?
    /// Roles against routes.
    var matrix: MatrixEditor?
    var area = Rect(x: 0, y: 0, width: 80, height: 20)

    package init() {}

    var selected: PolicyItem? {
        guard let index = list.index, index < rows.count else { return nil }
        return rows[index]
    }

    /// What a command is about: all that are marked, or else the selected one.
    var targets: [PolicyItem] {
        marked.isEmpty
            ? selected.map { [$0] } ?? [] : rows.keys.indices.filter { marked.contains(rows.keys[$0]) }.map { rows[$0] }
    }

    // MARK: - Commands

    package mutating func perform(_ command: ItemCommand, in context: ScreenContext) -> [Effect] {
        if let scroll = detailScroll,
            let moved = ListCommand(rawValue: command.rawValue)?.scrolled(scroll, in: area)
        {
            detailScroll = min(moved, longestScroll(in: context))
            return []
        }
        switch command {
        case .open:
            detailScroll = detailScroll == nil && selected != nil ? 0 : nil
            layOut()
            return []
        case .new: return edit(nil, in: context)
        case .edit: return edit(selected, in: context)
        case .rename: return selected.map { [.open(.rename($0.key))] } ?? []
        case .delete: return delete(in: context)
        case .undo: return [.open(.undo)]
        case .revoke: return revoke()
        case .revokeCredential:
            return [.open(.revokeMenu(detail?.credentialChoices(now: context.now) ?? []))]
        case .mark:
            guard let key = selected?.key else { return [] }
            if marked.remove(key) == nil { marked.insert(key) }
            return move(in: context) { $0.move(by: 1) }
        case .clearMarks:
            marked = []
            return []
        case .narrow:
            prompt = ListPrompt(text: filterText, fields: ItemFacts.fields(of: Listing.kinds))
            return []
        case .sort:
            sortByNextColumn()
            return reload(in: context)
        case .reverse:
            order.isDescending.toggle()
            return reload(in: context)
        case .columns: return [.open(.columns)]
        case .requests: return selected.flatMap(Self.traffic).map { [.show(.traffic, adding: [$0])] } ?? []
        case .matrix:
            guard let state = context.policy.state else { return [] }
            matrix = matrix?.reopened() ?? MatrixEditor(state, role: selected?.key.name)
            return []
        case .copy:
            guard let selected else { return [] }
            return [.copy(([selected.key.description] + selected.lines).joined(separator: "\n"))]
        case .up: return move(in: context) { $0.move(by: -1) }
        case .down: return move(in: context) { $0.move(by: 1) }
        case .pageUp: return move(in: context) { $0.movePage(by: -1) }
        case .pageDown: return move(in: context) { $0.movePage(by: 1) }
        case .first: return move(in: context) { $0.moveToFirst() }
        case .last: return move(in: context) { $0.moveToLast() }
        }
    }

    /// The traffic that a client or a route is about.
    private static func traffic(of item: PolicyItem) -> Filter? {
        switch item {
        case .client(let client): .exactly(client.name.text, in: .client)
        case .route(let route): .exactly(route.pattern.text, in: .route)
        case .settings, .scope, .role, .tier, .quota, .operator: nil
        }
    }

    package func disabledReason(for command: ItemCommand, in context: ScreenContext) -> String? {
        switch command {
        case .new: context.reasonAgainst(.edit)
        case .edit, .delete: context.reasonAgainst(.edit) ?? (selected == nil ? "nothing is selected" : nil)
        case .rename:
            context.reasonAgainst(.edit)
                ?? (selected.map(\.key.kind.reasonAgainstRenaming) ?? "nothing is selected")
        case .undo: context.reasonAgainst(.edit)
        case .revoke:
            if Listing.kinds == [.client] {
                context.reasonAgainst(.revoke) ?? (targets.isEmpty ? "nothing is selected" : nil)
            } else {
                "only clients, credentials and tokens are revoked"
            }
        case .revokeCredential:
            context.reasonAgainst(.revoke)
                ?? (detail?.credentialChoices(now: context.now).isEmpty ?? true ? "nothing here has credentials" : nil)
        case .open, .mark, .copy: selected == nil ? "nothing is selected" : nil
        case .requests: selected.flatMap(Self.traffic) == nil ? "only clients and routes have traffic" : nil
        case .matrix:
            Listing.kinds == [.role] || Listing.kinds == [.route] ? nil : "only roles and routes have a matrix"
        case .clearMarks: marked.isEmpty ? "nothing is marked" : nil
        case .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown, .first, .last: nil
        }
    }

    // MARK: - Changing

    private mutating func edit(_ item: PolicyItem?, in context: ScreenContext) -> [Effect] {
        guard let state = context.shownPolicy.state else { return [] }
        let kind = item?.key.kind ?? selected?.key.kind ?? Listing.kinds[0]
        if let form, form.original == item, form.hasChanges {
            self.form?.isOpen = true
            return []
        }
        form = ItemEditor(kind, item: item, basedOn: state.version.number, now: context.now)
        // What is shown may be older than what is in force.
        if context.pause != nil { form?.take(context) }
        return []
    }

    private func delete(in context: ScreenContext) -> [Effect] {
        guard let state = context.shownPolicy.state else { return [] }
        let edits = targets.map { PolicyEdit(key: $0.key, before: $0, after: nil) }
        guard !edits.isEmpty else { return [] }
        return [.open(.review(ChangeRequest(edits: edits, basedOn: state.version.number)))]
    }

    private func revoke() -> [Effect] {
        let names = targets.map(\.key.name)
        guard !names.isEmpty else { return [] }
        return [.open(.revokeSelection(RevocationSelection(names.map { .client($0) })))]
    }

    private mutating func sortByNextColumn() {
        let columns = columns.shown
        let index = columns.firstIndex { $0.id == order.field } ?? -1
        let next = columns[(index + 1) % columns.count]
        order = ItemRows.Order(field: next.id, isNumber: next.isNumber, isDescending: next.isNumber)
    }

    // MARK: - Rows

    mutating func move(in context: ScreenContext, _ change: (inout ListState<Int32>) -> Void) -> [Effect] {
        change(&list)
        return askDetail(in: context)
    }

    mutating func reload(in context: ScreenContext) -> [Effect] {
        guard let state = context.shownPolicy.state else { return [] }
        switch rows.load(state, kinds: Listing.kinds, filter: prompt?.filter ?? filter, order: order) {
        case .none: break
        case .rows: list.replacePlaces(rows.places, of: rows.total)
        case .items(let old):
            let index = list.index.map { ListState<ItemKey>.survivor(of: old, at: $0, in: rows.keys) }
            list.replaceRows(rows.places, selecting: index ?? 0)
        }
        if !marked.isEmpty { marked.formIntersection(state.policy.items.keys) }
        return askDetail(in: context)
    }

    private mutating func askDetail(in context: ScreenContext) -> [Effect] {
        guard let selected, let state = context.shownPolicy.state else {
            detail = nil
            return []
        }
        if detail?.item == selected, detail?.version == state.version.number { return [] }
        let fresh = ItemDetail(selected, state: state)
        detail = fresh
        askedAt = context.now
        return fresh.questions(now: context.shownNow).map { .ask($0) }
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        let effects = reload(in: context)
        // What was asked for while another screen was in front was never told.
        guard effects.isEmpty, let detail else { return effects }
        askedAt = context.now
        return detail.questions(now: context.shownNow).map { .ask($0) }
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy:
            form?.take(context)
            matrix?.take(context)
            return reload(in: context)
        case .answered(let question, let answer):
            detail?.take(answer, to: question)
            return []
        case .acted(.change(let proposal), .done) where proposal.edits.contains { $0.key == form?.key }:
            form = nil
            marked = []
            return select(madeBy: proposal.edits, in: context)
        case .acted(.change(let proposal), .failed(let failure)) where proposal.edits.contains { $0.key == form?.key }:
            form?.take(failure)
            return []
        case .acted(.change(let proposal), .done):
            if matrix?.isDone(with: proposal.edits) == true { matrix = nil }
            marked = []
            return select(madeBy: proposal.edits, in: context)
        case .acted(_, .done): return reload(in: context)
        case .acted, .status, .exported, .notice: return []
        }
    }

    package mutating func drop(_ keys: Set<ItemKey>, in context: ScreenContext) -> [Effect] {
        if let key = form?.key, keys.contains(key) { form = nil }
        matrix?.drop(keys)
        if matrix?.isOver == true { matrix = nil }
        marked.subtract(keys)
        return []
    }

    /// Goes to what a change has made, where it is in sight.
    private mutating func select(madeBy edits: [PolicyEdit], in context: ScreenContext) -> [Effect] {
        let effects = reload(in: context)
        guard let made = edits.first(where: { $0.before == nil && Listing.kinds.contains($0.key.kind) })?.key,
            let index = rows.keys.firstIndex(of: made)
        else { return effects }
        list.select(rows.places[index])
        return effects + askDetail(in: context)
    }

    /// Asks now and then for what goes on changing.
    package mutating func tick(in context: ScreenContext) -> [Effect] {
        guard context.pause == nil, let detail, context.now > askedAt.advanced(by: 10_000_000) else { return [] }
        askedAt = context.now
        return detail.passingQuestions(now: context.now).map { .ask($0) }
    }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        if detailScroll != nil {
            detailScroll = nil
            layOut()
            return []
        }
        if filter != .everything {
            (filter, filterText) = (.everything, "")
            return reload(in: context)
        }
        if !marked.isEmpty {
            marked = []
            return []
        }
        return nil
    }

    package mutating func resize(to area: Rect) {
        self.area = area
        layOut()
    }

    private mutating func layOut() {
        list.setVisibleRows(max(1, ItemLayout(area, isFull: detailScroll != nil).table.height - 1))
    }

    /// Brings a thing into sight, by its name.
    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        (filter, filterText, prompt) = (.everything, "", nil)
        let effects = reload(in: context)
        guard let index = rows.keys.firstIndex(where: { $0.name == name }) else { return effects }
        list.select(rows.places[index])
        return effects + askDetail(in: context)
    }

    package mutating func propose(_ edit: PolicyEdit, in context: ScreenContext) -> [Effect] {
        let effects = show(named: edit.key.name, in: context)
        if let form, form.hasChanges {
            self.form?.isOpen = true
            let text = "what you wrote before is still here; apply it or throw it away first"
            return effects + [.notify(Notice(.warning, text))]
        }
        guard let state = context.policy.state else { return effects }
        form = ItemEditor(edit, basedOn: state.version.number, now: context.now)
        return effects
    }

    // MARK: - What is typed

    package var isTyping: Bool { prompt != nil || form?.isOpen == true || matrix?.isOpen == true }

    package var hasUnsavedChanges: Bool { form?.hasChanges == true || matrix?.hasChanges == true }

    package mutating func type(_ key: Key, in context: ScreenContext) -> [Effect] {
        if var prompt {
            switch prompt.handle(key) {
            case .typing: self.prompt = prompt
            case .cancelled: self.prompt = nil
            case .finished(let filter):
                (self.filter, filterText) = (filter, filter == .everything ? "" : prompt.text)
                self.prompt = nil
            }
            return reload(in: context)
        }
        if matrix?.isOpen == true { return matrix?.handle(key, in: context) ?? [] }
        return form?.handle(key, in: context) ?? []
    }

    package mutating func paste(_ text: String, in context: ScreenContext) -> [Effect] {
        if prompt != nil {
            prompt?.paste(text)
            return reload(in: context)
        }
        if matrix?.isOpen == true { matrix?.paste(text) } else { form?.paste(text) }
        return []
    }

    package func filterNote(in context: ScreenContext) -> CleanText {
        let marks: CleanText = marked.isEmpty ? .empty : CleanText("\(marked.count) marked, ")
        let total = NumberText.grouped(rows.total)
        return marks + (rows.count == rows.total ? total : NumberText.grouped(rows.count) + " of " + total)
    }

    package var columnChoices: [ColumnChoice] { columns.choices }

    package mutating func toggleColumn(_ id: String) { columns.toggle(id) }

    package func hasExport(in context: ScreenContext) -> Bool { rows.count > 0 }

    /// What is marked, or else all that the filter matches, in its order.
    package func exportView(in context: ScreenContext) -> Export.View? {
        let fields = Listing.columns.map(\.id)
        let indices = rows.keys.indices.filter { marked.isEmpty || marked.contains(rows.keys[$0]) }
        return .rows(header: fields, indices.map { index in fields.map { rows.text(of: $0, at: index) } })
    }

    package static var needsTraffic: Bool { false }

    package func typingHints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)] {
        if prompt != nil { return [("enter", "keep"), ("tab", "complete"), ("esc", "cancel")] }
        return matrix?.isOpen == true ? MatrixCommand.keymap.hints(glyphs) : FormCommand.keymap.hints(glyphs)
    }

    package var ownFilter: OwnFilter? { OwnFilter(text: filterText, prompt: prompt) }
}

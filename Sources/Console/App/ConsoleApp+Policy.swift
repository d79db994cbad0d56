import Domain
import Terminal

// Changes of the policy and revocations on their way from a screen to the store.

extension ConsoleApp {
    /// - Parameter reason: What was given as the reason before; nil for what the request suggests.
    mutating func review(_ request: ChangeRequest, reason given: String? = nil) -> [Effect] {
        if let reason = context.reasonAgainst(request.duty) {
            notice = (Notice(.info, reason), context.now)
            return []
        }
        guard let state = context.policy.state else { return [] }
        var page = ReviewPage(request, state: state, now: context.now.rounded(downToSeconds: 1))
        if let given { page.reason = TextInput(given) }
        overlay = .review(page)
        // Its questions take the place of those of a review that waits.
        for index in history.indices { history[index].isInterrupted = true }
        return page.questions.map { .ask($0) }
    }

    mutating func startUndo() -> [Effect] {
        if let reason = context.reasonAgainst(.edit) {
            notice = (Notice(.info, reason), context.now)
            return []
        }
        guard let version = context.policy.state?.version else { return [] }
        if case .first = version.origin {
            notice = (Notice(.info, "version \(version.number) is the first; nothing was before it"), context.now)
            return []
        }
        undoing = version.number
        return [.ask(.policy(.edits(version: version.number)))]
    }

    // MARK: - Answers

    /// Returns what it calls for.
    mutating func takeInOverlay(_ answer: Answer, to question: Question) -> [Effect] {
        if let version = undoing, question == .policy(.edits(version: version)) {
            undoing = nil
            guard case .policy(.edits(let edits)) = answer, overlay == nil else { return [] }
            var request = ChangeRequest(.undo(version: version), edits: edits.map(\.inverse), basedOn: version)
            if let state = context.policy.state, state.version.number == version {
                let age = TimeText.relative(state.version.created, now: context.now)
                request.about = "version \(version) is of \(state.version.author.name), \(age): \(state.version.reason)"
            }
            return review(request)
        }
        if let effects = takeTokenToRevoke(answer, to: question) { return effects }
        let waiting = takeInHistory(answer, to: question)
        switch overlay {
        case .menu(var menu):
            guard menu.asked.map({ .policy($0) == question }) == true, case .policy(.revocable(let known)) = answer
            else {
                break
            }
            menu.known = known
            offerRevoking(in: &menu)
            overlay = .menu(menu)
        case .review(var page):
            let questions = page.take(answer, to: question)
            overlay = .review(page)
            return waiting + questions.map { .ask($0) }
        case .revoke(var dialog):
            dialog.take(answer, to: question)
            overlay = .revoke(dialog)
        case .help, .filter, .export, .unread, .conflict, .reason, .rename, .leave, nil: break
        }
        return waiting
    }

    /// A review that one looks behind goes on meanwhile.
    private mutating func takeInHistory(_ answer: Answer, to question: Question) -> [Effect] {
        var effects: [Effect] = []
        for index in history.indices {
            guard case .review(var page) = history[index].overlay else { continue }
            effects += page.take(answer, to: question).map { .ask($0) }
            history[index].overlay = .review(page)
        }
        return effects
    }

    private mutating func act(_ action: PolicyAction) -> [Effect] {
        (pending, leavesAnyway) = (action, false)
        return [.act(action)]
    }

    mutating func take(_ report: PolicyOutcomeReport, of action: PolicyAction) -> [Effect] {
        if pending == action { pending = nil }
        if case .done = report {
            // Paused, one's own act is shown all the same.
            context.pause?.policy = context.policy
            forgetReviews(of: action)
        }
        if case .revoke = action, case .revoke(var dialog) = overlay {
            dialog.take(report)
            overlay = .revoke(dialog)
            return []
        }
        switch report {
        case .done(let done):
            switch overlay {
            case .review, .reason: overlay = nil
            case .menu, .help, .filter, .export, .unread, .revoke, .conflict, .rename, .leave, nil: break
            }
            notice = (Notice(done.waitsFor == nil ? .done : .warning, Self.text(of: done)), context.now)
        case .failed(.conflict(let conflicts, let active)):
            var (request, reason): (ChangeRequest?, String?)
            if case .review(let page) = overlay { (request, reason) = (page.request, page.reason.text) }
            overlay = .conflict(ConflictPage(conflicts, active: active, request: request, reason: reason))
        case .failed(let failure):
            if case .review(var page) = overlay {
                page.take(failure)
                overlay = .review(page)
            } else if case .reason(var dialog) = overlay {
                dialog.take(failure)
                overlay = .reason(dialog)
            } else {
                notice = (Notice(.problem, failure.text), context.now)
            }
        }
        return []
    }

    /// What was made isn't waiting to be made.
    private mutating func forgetReviews(of action: PolicyAction) {
        guard case .change(let proposal) = action else { return }
        for index in history.indices {
            guard case .review(let page) = history[index].overlay, page.request.isProposal,
                page.request.edits == proposal.edits
            else { continue }
            history[index].overlay = nil
        }
    }

    private static func text(of done: PolicyOutcomeReport.Done) -> String {
        var text: String
        if let version = done.version {
            text = done.waitsFor == nil ? "version \(version) is in force" : "version \(version) waits for approval"
        } else {
            text = "done"
        }
        text += ", audit record \(done.record)"
        if !done.mergedWith.isEmpty {
            text += "; merged with " + done.mergedWith.map { "version \($0)" }.joined(separator: ", ") + " of others"
        }
        return text
    }

    // MARK: - Keys

    mutating func press(_ key: Key, in page: ReviewPage) -> [Effect] {
        var page = page
        let step = page.handle(key, on: size)
        overlay = .review(page)
        switch step {
        case .stay: return []
        case .close:
            overlay = nil
            return [.cancel(.replay), .cancel(.check)]
        case .act(let action): return act(action)
        case .cancelReplay: return [.cancel(.replay)]
        case .requests(let row):
            let chosen = page.requests(of: row)
            leaveForNow(for: .traffic)
            setFilter(.everything)
            context.chosen = chosen
            notice = (Notice(.info, chosen.account + "; esc goes back to the review"), context.now)
            return changeScreen { $0.refresh(in: $1) }
        }
    }

    mutating func press(_ key: Key, in dialog: RevokeDialog) -> [Effect] {
        var dialog = dialog
        let step = dialog.handle(key)
        overlay = .revoke(dialog)
        switch step {
        case .stay: return []
        case .close:
            overlay = nil
            return [.cancel(.preview)] + changeScreen { $0.refresh(in: $1) }
        case .act(let action): return act(action)
        case .suspend(let edits):
            overlay = nil
            guard let version = context.policy.state?.version.number else { return [] }
            return review(ChangeRequest(edits: edits, basedOn: version))
        }
    }

    mutating func press(_ key: Key, in dialog: ReasonDialog) -> [Effect] {
        var dialog = dialog
        let step = dialog.handle(key)
        overlay = .reason(dialog)
        switch step {
        case .stay: return []
        case .close:
            overlay = nil
            return []
        case .act(let action): return act(action)
        }
    }

    mutating func press(_ key: Key, in prompt: RenamePrompt) -> [Effect] {
        var prompt = prompt
        let step = prompt.handle(key, state: context.policy.state)
        overlay = .rename(prompt)
        switch step {
        case .typing: return []
        case .cancelled:
            overlay = nil
            return []
        case .review(let request): return review(request)
        }
    }

    mutating func press(_ key: Key, in page: ConflictPage) -> [Effect] {
        var page = page
        let step = page.handle(key)
        overlay = .conflict(page)
        switch step {
        case .stay: return []
        case .back:
            overlay = nil
            return []
        case .mine(let request):
            overlay = nil
            return review(request, reason: page.reason)
        case .theirs(let keys, let leftovers, let rest):
            overlay = nil
            var effects: [Effect] = []
            if page.isOwnChange { effects = changeScreens { $0.drop(keys, in: $1) } }
            // What is left of the form is a form again.
            if leftovers.count == 1, rest?.edits == leftovers { effects += propose(leftovers[0]) }
            if let rest { effects += review(rest, reason: page.reason) }
            notice = (Notice(.info, page.accountOfTheirs(keys, goesOn: rest != nil)), context.now)
            return effects
        }
    }

    // MARK: - Leaving

    /// Leaves, unless something was written that would be lost.
    mutating func leave() -> [Effect] {
        if let pending, !leavesAnyway {
            leavesAnyway = true
            let what = if case .revoke = pending { "the revocation" } else { "the change" }
            let text =
                "whether \(what) was made isn't known yet: wait for it. The same key again leaves without knowing"
            notice = (Notice(.warning, text), context.now)
            return []
        }
        guard !unsavedScreens.isEmpty, !isLeaving else { return [.quit] }
        overlay = .leave
        return []
    }

    private var isLeaving: Bool { if case .leave = overlay { true } else { false } }

    private var unsavedScreens: [ScreenName] {
        ScreenName.allCases.filter { name in
            screens[name]?.hasUnsavedChanges == true || history.contains { $0.screen == name && $0.overlay != nil }
        }
    }

    mutating func pressInLeaving(_ key: Key) -> [Effect] {
        switch key {
        case "y": return [.quit]
        case .escape, .enter, "n", "q": overlay = nil
        default: break
        }
        return []
    }

    func drawLeaving(into frame: inout Frame) {
        let names = CleanText(unsavedScreens.map(\.title.text).joined(separator: ", "))
        let content = Dialog("Leave?", role: .caution).draw(into: &frame, contentSize: Size(width: 56, height: 5))
        frame.put(
            "What was written on " + names + " would be lost.", at: Point(x: content.x, y: content.y + 1),
            style: Style(.text, on: .overlay), width: content.width)
        _ = frame.put(
            [
                Piece("esc", .key), Piece(" stay   "), Piece("y", .key), Piece(" leave, and lose it"),
            ], at: Point(x: content.x, y: content.y + 3), width: content.width, on: .overlay)
        frame.cursor = content.origin
    }
}

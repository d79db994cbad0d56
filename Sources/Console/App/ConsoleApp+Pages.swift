import Domain
import Terminal

// Pages without a tab, which are come to from elsewhere.

extension ConsoleApp {
    /// Goes to a page; Esc comes back.
    mutating func visit(_ name: ScreenName) -> [Effect] {
        guard name != current else { return [] }
        leaveForNow(for: name)
        return changeScreen { $0.refresh(in: $1) }
    }

    mutating func explain(_ event: AccessEvent) -> [Effect] {
        put(WhyScreen(event))
        return current == .why ? changeScreen { $0.refresh(in: $1) } : visit(.why)
    }

    mutating func tryOut(_ fact: TrafficFact) -> [Effect] {
        put(TryScreen(TryRequest(fact, zone: context.zone)))
        return visit(.tryOut)
    }

    private mutating func put<Page: Screen>(_ page: Page) {
        var page = page
        page.resize(to: ConsoleLayout(size).content)
        screens[Page.name] = page
    }

    /// Opens a form in which a change is written down.
    mutating func propose(_ edit: PolicyEdit) -> [Effect] {
        guard let name = ScreenName.listing(edit.key.kind) else { return [] }
        leaveForNow(for: name)
        return changeScreen { $0.propose(edit, in: $1) }
    }

    // MARK: - The newest denial

    /// Asks for the newest request that was denied, of those that the filter shows.
    mutating func explainNewest() -> [Effect] {
        var query = TrafficQuery(
            start: .newest, filter: context.filter.adding([.test(.outcome(Set(Outcome.allCases.filter(\.isDenied))))]),
            limit: 1, snapshot: context.pause?.snapshot, now: context.shownNow)
        query.order = .time
        query.selection = context.chosen?.selection
        explaining = query
        return [.ask(.page(query))]
    }

    mutating func explain(_ answer: Answer) -> [Effect] {
        explaining = nil
        switch answer {
        case .page(let page):
            guard let event = page.events.last else {
                let filter = context.filter == .everything ? "" : " that the filter shows"
                notice = (Notice(.info, "no request\(filter) was denied"), context.now)
                return []
            }
            return explain(event)
        case .failed(let text): notice = (Notice(.problem, text), context.now)
        case .overview, .count, .values, .unread, .policy: break
        }
        return []
    }
}

import Terminal

/// The lines around the screen: status, tabs and filter above, keys below.
struct ConsoleLayout {
    let status: Rect
    let tabs: Rect
    let filter: Rect
    let content: Rect
    let footer: Rect

    init(_ size: Size) {
        var rest = Rect(size)
        (status, rest) = rest.split(top: 1)
        (tabs, rest) = rest.split(top: 1)
        (filter, rest) = rest.split(top: 1)
        (content, footer) = rest.split(bottom: 1)
    }
}

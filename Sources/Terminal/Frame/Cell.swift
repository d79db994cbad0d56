/// One place of a frame in eight bytes: a scalar (or a cluster in the frame's side table) and its style.
package struct Cell: Hashable, Sendable {
    /// The scalar's value; 0 for the second half of a wide character; `clusterFlag` plus an index for a cluster.
    var content: UInt32
    package var style: Style

    static let clusterFlag: UInt32 = 1 << 31
    static let space = UInt32(0x20)

    init(content: UInt32 = Cell.space, style: Style = Style(.text)) {
        self.content = content
        self.style = style
    }

    /// Whether this is the second half of the wide character to its left.
    package var isContinuation: Bool { content == 0 }
}

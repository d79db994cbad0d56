extension Frame {
    /// Neighbouring cells of one style in a row.
    struct Run {
        let x: Int
        let width: Int
        let style: Style
        let text: String
    }

    /// The row at `y` in runs of one style each, spaces at the end included.
    func runs(_ y: Int) -> [Run] {
        var runs: [Run] = []
        var start = 0
        while start < size.width {
            let style = cells[y * size.width + start].style
            var end = start
            var text = ""
            while end < size.width, cells[y * size.width + end].style == style {
                for scalar in scalars(of: cells[y * size.width + end]) { text.unicodeScalars.append(scalar) }
                end += 1
            }
            runs.append(Run(x: start, width: end - start, style: style, text: text))
            start = end
        }
        return runs
    }
}

extension Frame {
    /// The picture as lines with SGR sequences, for `cat` and for logs; each line ends in plain style.
    package func ansi(_ theme: ResolvedTheme) -> String {
        (0..<size.height).map { y in
            var runs = runs(y)
            // A blank end in the screen's own colours needn't be sent.
            while let last = runs.last, last.style.background == .background, last.text.utf8.allSatisfy({ $0 == 0x20 })
            {
                runs.removeLast()
            }
            return runs.map { run in
                let codes = theme.look(of: run.style).codes
                return codes.isEmpty ? run.text : "\u{1B}[\(codes)m\(run.text)\u{1B}[0m"
            }
            .joined()
        }
        .joined(separator: "\n")
    }
}

extension ResolvedTheme.Look {
    /// Parameters of SGR (ECMA-48, 8.3.117; colours past sixteen as in ISO 8613-6).
    fileprivate var codes: String {
        var codes: [String] = []
        let numbers: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        for (attribute, number) in numbers where attributes.contains(attribute) { codes.append(number) }
        if let code = foreground.code(base: 30) { codes.append(code) }
        if let code = background.code(base: 40) { codes.append(code) }
        return codes.joined(separator: ";")
    }
}

extension ResolvedTheme.Ink {
    fileprivate func code(base: Int) -> String? {
        switch self {
        case .standard: nil
        case .indexed(let index) where index < 8: "\(base + index)"
        case .indexed(let index) where index < 16: "\(base + 60 + index - 8)"
        case .indexed(let index): "\(base + 8);5;\(index)"
        case .rgb(let value): "\(base + 8);2;\(value >> 16 & 0xFF);\(value >> 8 & 0xFF);\(value & 0xFF)"
        }
    }
}

extension TidyRule {
    /// What must not be read anywhere in the tree. Put together from pieces, so that this file does not break them.
    static let prose: [TidyRule] = [
        TidyRule(name: "No place of one machine is named", covers: { !$0.isTidyItself }) { file in
            Pattern(#"(?<![\w.])/(?:root|home/\w+)/(?!\*)"#).matches(in: file.text).map {
                file.finding($0.line, "a path of one machine: make it relative, or a setting")
            }
        },
        TidyRule(name: "No word tells how a text came to be", covers: { !$0.isTidyItself }) { file in
            let words = [
                "as an AI", "generated (?:by|with) (?!`)", "co-authored-by", "as requested",
            ]
            return Pattern(#"(?i)\b(?:"# + words.joined(separator: "|") + ")").matches(in: file.text).map {
                file.finding($0.line, "say what holds and why; how it came to be is nobody's concern here")
            }
        },
        marks,
    ]
}

extension SourceFile {
    /// The rules and their tests hold what they forbid.
    var isTidyItself: Bool { path.hasPrefix("Tests/TidyTests/") }
}

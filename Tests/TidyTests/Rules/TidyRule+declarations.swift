extension TidyRule {
    private static let kinds = #"(?:struct|class|enum|protocol|actor)"#

    /// Names, their files and what is said about them.
    static let declarations: [TidyRule] = [
        .banning(
            #"\b(?:struct|class|enum|protocol|actor|typealias)\s+\w*(?:Manager|Helpers?|Utils?|Utility|Data|Info)\b"#,
            in: \.isShipped, name: "Types are named after what they are in the domain",
            instead: "Manager, Helper, Util, Data and Info say nothing: name what it holds or decides"),
        TidyRule(name: "A file is named after its type", covers: { $0.isShipped && $0.isSwift }, check: fileName),
        TidyRule(name: "What others use says what it does", covers: { $0.isShipped && $0.isSwift }, check: docs),
        TidyRule(name: "An unchecked promise says why it holds", covers: \.isSwift, check: uncheckedPromises),
    ]

    /// `Name.swift` declares `Name`; `Name+aspect.swift` extends it or declares what stands beside it; smaller types
    /// that belong to the main one may follow it. A file of several small types has a plural name and at most 150
    /// lines.
    @Sendable
    private static func fileName(_ file: SourceFile) -> [Finding] {
        let modifiers = #"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:package|final|private|fileprivate|indirect)\s+)*"#
        let types = Pattern(modifiers + kinds + #"\s+(\w+)|^extension\s+([\w.]+)"#).matches(in: file.code)
        let names = types.flatMap(\.groups).filter { !$0.isEmpty }
        let main = file.name.prefix { $0 != "+" }
        let isNamed = names.contains { name in
            name.split(separator: ".").contains(main) || name.filter { $0 != "." } == main
        }
        if names.isEmpty || isNamed { return [] }
        if main.hasSuffix("s"), file.lines.count <= 150 { return [] }
        return [file.finding(1, "declares \(names.joined(separator: ", ")), no \(main): name the file after its type")]
    }

    /// Types and functions that other modules see. An initialiser that only takes the fields speaks through them, and
    /// a function that a protocol demands was described there.
    @Sendable
    private static func docs(_ file: SourceFile) -> [Finding] {
        let declaration = Pattern(
            #"^[ ]*(?:@\w+(?:\([^)]*\))?\s+)*package\s+(?:(?:final|static|mutating|nonisolated|indirect)\s+)*"#
                + #"(?:(struct|class|enum|protocol|actor|func)\s+([^\s(<:{]+))"#)
        return declaration.matches(in: file.code).compactMap { match in
            var index = match.line - 2
            while index >= 0, file.lines[index].trimmedStart.hasPrefix("@") { index -= 1 }
            if index >= 0, file.lines[index].trimmedStart.hasPrefix("///") { return nil }
            if match.groups.first == "func", file.standsInConformance(match.line) { return nil }
            let name = match.groups.last ?? "it"
            return file.finding(match.line, "\(name) has no doc comment: say what it does, and its limits")
        }
    }

    @Sendable
    private static func uncheckedPromises(_ file: SourceFile) -> [Finding] {
        Pattern(#"@unchecked\s+Sendable|nonisolated\(unsafe\)"#).matches(in: file.code).compactMap { match in
            var index = match.line - 1
            var said = file.lines[index]
            while index > 0, file.lines[index - 1].isCommentOrAttribute {
                index -= 1
                said += file.lines[index]
            }
            return said.contains("Safe because") ? nil
                : file.finding(match.line, "a comment above must begin \"Safe because\" and say who keeps it safe")
        }
    }
}

extension String {
    fileprivate var trimmedStart: Substring { drop { $0 == " " } }

    fileprivate var isCommentOrAttribute: Bool {
        let start = trimmedStart
        return start.hasPrefix("//") || start.hasPrefix("@")
    }
}

extension SourceFile {
    /// Whether the innermost type or extension around a line names a protocol or superclass.
    fileprivate func standsInConformance(_ line: Int) -> Bool {
        let indentation = lines[line - 1].prefix { $0 == " " }.count
        let opener = codeLines[..<(line - 1)].last { text in
            let own = text.prefix { $0 == " " }.count
            return own < indentation && !text.trimmedStart.isEmpty && text.contains("{")
        }
        guard let opener else { return false }
        return opener.contains(":")
    }
}

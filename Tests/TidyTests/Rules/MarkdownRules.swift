/// The rules of documents, which need to know what else there is.
struct MarkdownRules {
    /// Whether a path relative to the package's root exists.
    let exists: (String) -> Bool
    /// The text of another file.
    let text: (String) -> String?

    func findings(in file: SourceFile) -> [Finding] {
        let prose = Self.withoutFences(file.lines)
        return titles(prose, of: file) + links(prose, of: file) + places(prose, of: file)
            + keys(prose, of: file)
    }

    private func titles(_ lines: [String], of file: SourceFile) -> [Finding] {
        let titles = lines.count { $0.hasPrefix("# ") }
        return titles == 1 ? [] : [file.finding(1, "\(titles) titles: a document has exactly one")]
    }

    private func links(_ lines: [String], of file: SourceFile) -> [Finding] {
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        let link = Pattern(#"\]\(([^)\s]+)\)"#)
        return lines.enumerated().flatMap { index, line in
            link.matches(in: line).compactMap { match -> Finding? in
                let target = match.groups[0]
                if target.contains("://") || target.hasPrefix("mailto:") { return nil }
                let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                    .map(String.init)
                let path = parts[0].isEmpty ? file.path : folder.isEmpty ? parts[0] : folder + "/" + parts[0]
                guard exists(path) else { return file.finding(index + 1, "the link to \(target) leads nowhere") }
                guard parts.count == 2, let text = parts[0].isEmpty ? file.text : text(path) else { return nil }
                return Self.anchors(of: text).contains(parts[1])
                    ? nil : file.finding(index + 1, "the link to \(target) names no heading there")
            }
        }
    }

    /// Files that a text names by their path.
    private func places(_ lines: [String], of file: SourceFile) -> [Finding] {
        let place = Pattern(#"`((?:Sources|Tests|docs|config)/[\w./+-]+)`"#)
        return lines.enumerated().flatMap { index, line in
            place.matches(in: line).compactMap { match in
                exists(match.groups[0]) ? nil : file.finding(index + 1, "\(match.groups[0]) is not there")
            }
        }
    }

    /// Configuration keys such as `cache.ttl`: the file that documents every key has them.
    private func keys(_ lines: [String], of file: SourceFile) -> [Finding] {
        let sections = Self.sections(of: text("config/refrain.yaml") ?? "")
        let key = Pattern(#"`([a-z]+)\.([a-z_0-9]+)(?:`|: )"#)
        return lines.enumerated().flatMap { index, line in
            key.matches(in: line).compactMap { match -> Finding? in
                guard let known = sections[match.groups[0]], !known.contains(match.groups[1]) else { return nil }
                return file.finding(index + 1, "\(match.groups[0]) has no key \(match.groups[1])")
            }
        }
    }

    /// The keys of each section of a configuration file of two levels.
    private static func sections(of yaml: String) -> [String: Set<String>] {
        var sections: [String: Set<String>] = [:]
        var section = ""
        for match in Pattern(#"^( *)([a-z_0-9]+):"#).matches(in: yaml) {
            if match.groups[0].isEmpty {
                section = match.groups[1]
                sections[section] = []
            } else {
                sections[section]?.insert(match.groups[1])
            }
        }
        return sections
    }

    /// The lines with those of code blocks emptied.
    private static func withoutFences(_ lines: [String]) -> [String] {
        var isFenced = false
        return lines.map { line in
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                return ""
            }
            return isFenced ? "" : line
        }
    }

    /// Headings as links name them: lower case, blanks as hyphens, without other signs.
    static func anchors(of text: String) -> Set<String> {
        let lines = withoutFences(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        return Set(
            lines.filter { $0.hasPrefix("#") }.map { line in
                let heading = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
                return heading.replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            })
    }
}

/// Tells whether a name that refers to something is one of those there are.
enum KnownName {
    /// Notes an issue when the name behind a key is not known, with the one that was probably meant.
    /// - Parameter expected: what it should be, such as "the name of a provider".
    static func check(
        _ name: String, among known: [String], _ expected: String, of key: String, index: Int? = nil,
        in section: ConfigSection
    ) {
        guard !known.contains(name) else { return }
        let nearest = NearestName.nearest(to: name, among: known)
        let others = known.isEmpty ? "there are none" : "there are \(known.joined(separator: ", "))"
        let hint = nearest.map { "did you mean \($0)?" } ?? others
        section.refuse(key, index: index, "expected \(expected), found \(FoundText.shown(name)); \(hint)")
    }
}

import Yams

/// One mapping of the file. Each key its reader asks for becomes known; `finish()` reports the others.
///
/// Problems become issues of the reader and the default stays, so that one pass finds them all.
final class ConfigSection {
    /// A key of the file and what stands behind it.
    struct Entry {
        let key: ConfigPosition
        let value: Node
    }

    let reader: ConfigReader
    /// Where the mapping begins.
    let position: ConfigPosition
    /// Such as `routes[0]`; empty for the root.
    private let path: String
    /// The same without numbers: `routes[]`.
    private let pattern: String
    private var entries: [String: Entry] = [:]
    /// In the order of the file.
    private(set) var names: [String] = []
    /// In the order in which they were asked for.
    private var asked: [String] = []

    /// - Parameter node: nil for a section that is not in the file.
    init(_ node: Node?, path: String, pattern: String, reader: ConfigReader) {
        self.reader = reader
        self.path = path
        self.pattern = pattern
        self.position = ConfigPosition(node?.mark)
        guard let node, !Self.isNothing(node) else { return }
        guard case .mapping(let mapping) = node else {
            reader.note(
                ConfigIssue(path: path, at: position, "expected a section with keys, found \(Self.shape(of: node))"))
            return
        }
        for (key, value) in mapping { take(key, value) }
        noteDoubled(mapping)
    }

    private func take(_ key: Node, _ value: Node) {
        let place = ConfigPosition(key.mark)
        guard case .scalar(let scalar) = key else {
            reader.note(ConfigIssue(path: path, at: place, "expected a key, found \(Self.shape(of: key))"))
            return
        }
        if reader.doubledKeys[place] != nil { return }
        names.append(scalar.string)
        entries[scalar.string] = Entry(key: place, value: value)
        reader.notePresent(Self.joined(pattern, scalar.string))
    }

    private func noteDoubled(_ mapping: Node.Mapping) {
        for (key, _) in mapping {
            let earlier = ConfigPosition(key.mark)
            guard let name = reader.doubledKeys[earlier], let entry = entries[name] else { continue }
            let message = "expected each key once in a section, found it again; line \(earlier.line) has it already"
            reader.note(ConfigIssue(path: path(of: name), at: entry.key, message))
        }
    }

    /// The entry of a key, which is known from now on.
    func entry(_ name: String) -> Entry? {
        if !asked.contains(name) { asked.append(name) }
        reader.noteKnown(Self.joined(pattern, name))
        return entries[name]
    }

    /// The path of a key in this section.
    func path(of name: String) -> String {
        Self.joined(path, FoundText.key(name))
    }

    /// The path of a key in this section without numbers.
    func pattern(of name: String) -> String {
        Self.joined(pattern, name)
    }

    /// Whether anything but nothing and an empty list stands behind a key.
    func has(_ name: String) -> Bool {
        guard let value = entry(name)?.value else { return false }
        if case .sequence(let sequence) = value { return !sequence.isEmpty }
        return !Self.isNothing(value)
    }

    /// The place of a key's value, or of one item of it; the place of the key or section if there is none.
    func position(of name: String, index: Int? = nil) -> ConfigPosition {
        guard let entry = entries[name] else { return position }
        if case .sequence(let sequence) = entry.value, let index, sequence.indices.contains(index) {
            return ConfigPosition(sequence[index].mark)
        }
        return Self.isNothing(entry.value) ? entry.key : ConfigPosition(entry.value.mark)
    }

    /// Notes an issue with the value of a key or with one item of it.
    func refuse(_ name: String, index: Int? = nil, _ message: String) {
        let path = path(of: name) + (index.map { "[\($0)]" } ?? "")
        reader.note(ConfigIssue(path: path, at: position(of: name, index: index), message))
    }

    /// Reports the keys nobody asked for. Call it after the last key was asked for.
    func finish() {
        for name in names where !asked.contains(name) {
            let nearest = NearestName.nearest(to: name, among: asked)
            let hint = nearest.map { "did you mean \($0)?" } ?? "known here are \(asked.joined(separator: ", "))"
            let place = entries[name]?.key ?? position
            reader.note(ConfigIssue(path: path(of: name), at: place, "unknown key; \(hint)"))
        }
    }

    private static func joined(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    /// Whether nothing stands behind a key, or YAML's word for it.
    static func isNothing(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// What a node is, without its content, which may be a secret in the wrong place.
    static func shape(of node: Node) -> String {
        switch node {
        case .mapping: "a section with keys"
        case .sequence: "a list"
        case .scalar: isNothing(node) ? "nothing" : "a single value"
        case .alias: "an alias"
        }
    }
}

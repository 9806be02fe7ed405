import Yams

extension ConfigSection {
    /// Reads a value over its default, which stays when the key is absent or its value is refused.
    func read<Value>(_ name: String, _ kind: ConfigKind<Value>, into value: inout Value) {
        guard let entry = entry(name) else { return }
        if let read = parse(path(of: name), entry.value, kind) { value = read }
    }

    /// Reads a value that may be left out; nothing behind the key is the same as no key.
    func optional<Value>(_ name: String, _ kind: ConfigKind<Value>) -> Value? {
        guard let entry = entry(name), !Self.isNothing(entry.value) else { return nil }
        return parse(path(of: name), entry.value, kind)
    }

    /// Reads a value that must be there; nil after an issue was noted.
    func required<Value>(_ name: String, _ kind: ConfigKind<Value>) -> Value? {
        guard let entry = entry(name) else {
            refuse(name, "expected \(kind.expected), found no such key in this section")
            return nil
        }
        return parse(path(of: name), entry.value, kind)
    }

    /// Reads a list of single values, each with its index in the file. Nothing behind the key is an empty list.
    func values<Value>(_ name: String, _ kind: ConfigKind<Value>) -> [(index: Int, value: Value)] {
        items(name).enumerated().compactMap { index, node in
            parse("\(path(of: name))[\(index)]", node, kind).map { (index, $0) }
        }
    }

    /// Reads a list whose items are single values or sections, each with its index in the file; those for which
    /// `read` gives nil are left out. Nothing behind the key is an empty list.
    func values<Value>(
        _ name: String, _ kind: ConfigKind<Value>, orSections read: (ConfigSection) -> Value?
    ) -> [(index: Int, value: Value)] {
        items(name).enumerated().compactMap { index, node -> (index: Int, value: Value)? in
            let place = "\(path(of: name))[\(index)]"
            guard case .mapping = node else { return parse(place, node, kind).map { (index, $0) } }
            let section = ConfigSection(node, path: place, pattern: "\(pattern(of: name))[]", reader: reader)
            defer { section.finish() }
            return read(section).map { (index, $0) }
        }
    }

    /// Reads a section. One that is absent is read as an empty one, so that its keys are known.
    func section(_ name: String, _ read: (ConfigSection) -> Void) {
        let section = ConfigSection(
            entry(name)?.value, path: path(of: name), pattern: pattern(of: name), reader: reader)
        read(section)
        section.finish()
    }

    /// Reads a section that may be left out; nothing behind the key is the same as no key.
    func optionalSection<Value>(_ name: String, _ read: (ConfigSection) -> Value?) -> Value? {
        guard let entry = entry(name), !Self.isNothing(entry.value) else { return nil }
        let section = ConfigSection(entry.value, path: path(of: name), pattern: pattern(of: name), reader: reader)
        defer { section.finish() }
        return read(section)
    }

    /// Reads a list of sections; those for which `read` gives nil are left out. Nothing is an empty list.
    func list<Value>(_ name: String, _ read: (ConfigSection) -> Value?) -> [Value] {
        items(name).enumerated().compactMap { index, node in
            let section = ConfigSection(
                node, path: "\(path(of: name))[\(index)]", pattern: "\(pattern(of: name))[]", reader: reader)
            defer { section.finish() }
            return read(section)
        }
    }

    private func items(_ name: String) -> [Node] {
        guard let entry = entry(name), !Self.isNothing(entry.value) else { return [] }
        guard case .sequence(let sequence) = entry.value else {
            refuse(name, "expected a list, found \(Self.shape(of: entry.value))")
            return []
        }
        return Array(sequence)
    }

    private func parse<Value>(_ path: String, _ node: Node, _ kind: ConfigKind<Value>) -> Value? {
        let place = ConfigPosition(node.mark)
        guard case .scalar(let scalar) = node, !Self.isNothing(node) else {
            let message = "expected \(kind.expected), found \(Self.shape(of: node))"
            reader.note(ConfigIssue(path: path, at: place, message))
            return nil
        }
        do {
            return try kind.parse(scalar.string)
        } catch {
            reader.note(ConfigIssue(path: path, at: place, error.message))
            return nil
        }
    }
}

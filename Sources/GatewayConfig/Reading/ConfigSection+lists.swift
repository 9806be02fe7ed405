import Yams

extension ConfigSection {
    /// Reads a list of names of which only those listed are allowed. Nil when the key is absent or nothing stands
    /// behind it, which allows all; an empty list is refused, as it could be meant either way.
    func allowed<Value>(_ name: String, _ kind: ConfigKind<Value>) -> [Value]? {
        guard let value = entry(name)?.value, !Self.isNothing(value) else { return nil }
        if case .sequence(let sequence) = value, sequence.isEmpty {
            refuse(name, "expected at least one, found an empty list; without this key all are allowed")
        }
        return values(name, kind).map(\.value)
    }

    /// Reads a section whose keys the operator chooses: labels, each with one value or a list of values. Nil when the
    /// key is absent; one without labels is refused.
    func labels(_ name: String) -> [String: Set<String>]? {
        optionalSection(name) { section in
            var labels: [String: Set<String>] = [:]
            for label in section.names {
                let values = section.valueOrValues(label, .text("a label's value", limit: 512))
                if values.isEmpty, !section.has(label) {
                    section.refuse(label, "expected a label's value or a list of them, found nothing")
                }
                labels[label] = Set(values)
            }
            if labels.isEmpty { refuse(name, "expected at least one label with its values, found none") }
            return labels
        }
    }

    private func valueOrValues(_ name: String, _ kind: ConfigKind<String>) -> [String] {
        if case .scalar = entry(name)?.value { return optional(name, kind).map { [$0] } ?? [] }
        return values(name, kind).map(\.value)
    }
}

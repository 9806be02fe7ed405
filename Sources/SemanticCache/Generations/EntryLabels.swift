package import GatewayCore

/// An entry's labels in the form in which they are stored: tenant, namespace, principal, tags with commas, model, a
/// line each. Only the model, which comes last, may hold anything. Taken apart only when a purge makes it necessary.
package struct EntryLabels: Sendable, Equatable {
    package let text: String

    package init(text: String) { self.text = text }

    package init(_ labels: CacheLabels) {
        text = """
            \(labels.tenant)
            \(labels.namespace)
            \(labels.principal ?? "")
            \(labels.tags.joined(separator: ","))
            \(labels.model)
            """
    }

    private var lines: [Substring] { text.split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false) }

    /// The labels themselves; nil when the text is damaged.
    package var labels: CacheLabels? {
        let lines = lines
        guard lines.count == 5 else { return nil }
        return CacheLabels(
            tenant: TenantID(String(lines[0])), namespace: String(lines[1]),
            model: String(lines[4]), principal: lines[2].isEmpty ? nil : String(lines[2]),
            tags: lines[3].split(separator: ",").map(String.init))
    }

    /// Under which names purges may stand that end the entry.
    /// - Parameter answering: the model the provider named.
    func fields(answering: String?) -> [String]? {
        guard let labels else { return nil }
        var fields = [
            PurgeScope.everythingField, PurgeScope.ageField, PurgeScope.namespaceField(labels.namespace),
            PurgeScope.modelField(labels.model),
        ]
        if let answering, answering != labels.model { fields.append(PurgeScope.modelField(answering)) }
        if let principal = labels.principal { fields.append(PurgeScope.principalField(principal)) }
        for tag in labels.tags { fields.append(PurgeScope.tagField(tag)) }
        return fields
    }
}

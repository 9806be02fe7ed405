package import GatewayCore
import SemanticCache

extension AdminDesk {
    /// What may stand behind the `?` of `GET /admin/cache/entries`.
    package static let entriesNames = ["tenant", "namespace", "tag", "model", "curated", "cursor", "limit"]

    private static let usual = 100
    private static let most = 1000

    /// Some of a tenant's stored entries, those of providers and curated ones; a page may hold fewer than `limit`
    /// though others follow, as one call looks at so many keys only.
    /// - Throws: `invalidRequest`; `notFound` for an unknown tenant; `overloaded` when Redis does not answer.
    package func entries(_ query: AdminQuery) async throws(GatewayError) -> EntryPage {
        let tenant = query.tenant
        try check(tenant)
        let limit = try query.limit(usual: Self.usual, most: Self.most)
        let cursor = query["cursor"] ?? "0"
        guard (1...20).contains(cursor.utf8.count), cursor.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw GatewayError(.invalidRequest, "cursor must be one that a page before gave", parameter: "cursor")
        }
        let isCurated = try query["curated"] == nil ? nil : query.flag("curated")
        let (namespace, tag, model) = (query["namespace"], query["tag"], query["model"])
        let page = try await asking { () async throws(CacheStoreError) in
            try await reader.page(of: tenant, from: cursor, count: limit) { entry in
                guard let labels = entry.labels?.labels else { return false }
                return (namespace ?? labels.namespace) == labels.namespace && (model ?? labels.model) == labels.model
                    && tag.map(labels.tags.contains) ?? true && isCurated ?? (entry.curation != nil)
                        == (entry.curation != nil)
            }
        }
        let now = now()
        return EntryPage(
            entries: page.entries.map { EntrySummary(entry: $0, now: now) }, next: page.next == "0" ? nil : page.next)
    }

    /// One stored entry with its answer.
    /// - Throws: `invalidRequest` for what is no id; `notFound`; `overloaded` when Redis does not answer.
    package func entry(_ text: String) async throws(GatewayError) -> EntryView {
        guard let id = EntryID(hexadecimal: text) else {
            throw GatewayError(.invalidRequest, "an entry's id has 32 hexadecimal digits", parameter: "entry")
        }
        let found = try await asking { () async throws(CacheStoreError) in try await reader.entry(id) }
        guard let found else { throw GatewayError(.notFound, "there is no entry '\(id)'", parameter: "entry") }
        let tenant = found.labels?.labels?.tenant ?? .open
        let served = try await asking { () async throws(CacheStoreError) in
            try await store.load(id, in: found.partition, of: tenant)
        }
        return EntryView(summary: EntrySummary(entry: found, now: now()), isServed: served != nil)
    }
}

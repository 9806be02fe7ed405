import GatewayCore
import SemanticCache

/// Forgetting many by one number.
extension CacheStoreSuite {
    private static let acme = TenantID("acme")

    private static func labels(
        _ namespace: String = "web", model: String = "gpt", principal: String? = "p1", tags: [String] = ["a", "b"],
        tenant: TenantID = acme
    ) -> CacheLabels {
        CacheLabels(
            tenant: tenant, namespace: namespace, model: model, principal: principal, tags: tags)
    }

    /// Scopes, and labels of entries that each of them ends or not.
    private static let cases: [(scope: PurgeScope, ended: [CacheLabels], kept: [CacheLabels])] = [
        (.everything, [labels(), labels("", principal: nil, tags: [])], []),
        (.namespace("web"), [labels()], [labels(""), labels("we")]),
        (.namespace(""), [labels("")], [labels()]),
        (.tag("b"), [labels(), labels("x", tags: ["b"])], [labels(tags: []), labels(tags: ["ab", "b2"])]),
        (.principal("p1"), [labels()], [labels(principal: nil), labels(principal: "p2")]),
        (.model("gpt"), [labels()], [labels(model: "gpt-2")]),
        (.model("provider-model"), [labels(), labels(model: "other")], []),
    ]

    func purges() async throws {
        for (scope, ended, kept) in Self.cases {
            let generation = try await store.generation(of: Self.acme)
            let all = (ended + kept).enumerated().map { samples.labelled($0, labels: $1, at: generation) }
            for entry in all { try await store.save(entry) }
            for entry in all { try require(try await holds(entry), "\(scope): an entry was not stored") }
            let number = try await store.purge(scope, of: Self.acme)
            for (index, entry) in all.enumerated() {
                let isKept = try await holds(entry)
                try require(isKept == (index >= ended.count), "\(scope): entry \(index) of \(all.count)")
            }
            try require(try await store.generation(of: Self.acme) >= number, "an older generation after \(scope)")
            // The same answers, asked for anew, are served.
            for entry in all {
                var fresh = entry
                fresh.generation = try await store.generation(of: Self.acme)
                try await store.save(fresh)
                try require(try await holds(fresh), "\(scope): what was asked for since is not served")
            }
        }
        try await agePurges()
    }

    private func agePurges() async throws {
        let old = samples.labelled(1, labels: Self.labels(), at: nil)
        try await store.save(old)
        _ = try await store.purge(.before(old.created), of: Self.acme)
        try require(try await holds(old), "an entry as old as the age is not older")
        _ = try await store.purge(.before(old.created + .milliseconds(1)), of: Self.acme)
        try require(try await !holds(old), "an older entry is still served")
        let other = samples.labelled(2, labels: Self.labels(tenant: TenantID("other")), at: nil)
        try await store.save(other)
        _ = try await store.purge(.everything, of: Self.acme)
        let kept = try await store.load(other.id, in: other.partition, of: TenantID("other"))
        try require(kept != nil, "another tenant's purge has ended an entry")
    }

    func keepsPurged() async throws {
        for scope in [PurgeScope.tag("a"), .namespace("web"), .everything, .principal("p1")] {
            let generation = try await store.generation(of: Self.acme)
            _ = try await store.purge(scope, of: Self.acme)
            let late = samples.labelled(1, labels: Self.labels(), at: generation)
            try await store.save(late)
            try require(try await !holds(late), "\(scope): an answer from before is served")
            let unmarked = samples.labelled(2, labels: Self.labels("x", principal: nil, tags: []), at: generation)
            try await store.save(unmarked)
            let isHeld = try await holds(unmarked)
            try require(isHeld == (scope != .everything), "\(scope): what it is not about, from before")
        }
    }

    private func holds(_ entry: StoredEntry) async throws -> Bool {
        try await store.load(entry.id, in: entry.partition, of: Self.acme) != nil
    }
}

package import GatewayCore
import SemanticCache

extension AdminDesk {
    /// What stands near a text in one namespace of a tenant, and what the guard says of it. Looks into this replica's
    /// mirror; serves nothing.
    /// - Throws: `notFound` for an unknown tenant; `invalidRequest` where nothing is searched by meaning; `overloaded`
    ///   when the encoder, the scanner or Redis does not answer.
    package func neighbours(_ order: NeighbourOrder) async throws(GatewayError) -> NeighbourList {
        try check(order.tenant)
        guard let encoder else {
            throw GatewayError(.invalidRequest, "this gateway looks for no similar questions", parameter: "text")
        }
        guard case .success(let vector) = await encoder.embed(order.text) else {
            throw GatewayError(.overloaded, "the encoder does not answer, or the text is too long for it")
        }
        let owner = PartitionOwner(tenant: order.tenant, namespace: order.namespace)
        let found = await search.neighbours(
            of: order.text, vector: vector.embedding, owner: owner, count: order.count)
        guard let found else { throw GatewayError(.overloaded, "too many searches are waiting; ask again") }
        let entries = try await asking { () async throws(CacheStoreError) in
            try await reader.entries(found.map { ($0.entry, $0.partition) })
        }
        let now = now()
        let rows = zip(found, entries).compactMap { neighbour, entry -> NeighbourList.Row? in
            // Gone since it was mirrored.
            guard let entry else { return nil }
            return NeighbourList.Row(
                similarity: neighbour.similarity, verdict: neighbour.verdict,
                isDistracted: entry.curation?.distracts(
                    vector.embedding, from: neighbour.similarity, encoder: vector.encoder) ?? false,
                summary: EntrySummary(entry: entry, now: now))
        }
        return NeighbourList(rows: rows, threshold: curated.configuration.standards.threshold)
    }
}

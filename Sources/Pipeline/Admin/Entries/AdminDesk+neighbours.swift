package import GatewayCore
import SemanticCache

extension AdminDesk {
    /// What stands near a text in one namespace of a tenant, and what the guard says of it. Looks into this replica's
    /// mirror; serves nothing. What only the encoder before finds comes behind, as its cosines tell nothing of the
    /// present one's.
    /// - Throws: `notFound` for an unknown tenant; `invalidRequest` where nothing is searched by meaning; `overloaded`
    ///   when the encoder, the scanner or Redis does not answer.
    package func neighbours(_ order: NeighbourOrder) async throws(GatewayError) -> NeighbourList {
        try check(order.tenant)
        guard let encoder else {
            throw GatewayError(.invalidRequest, "this gateway looks for no similar questions", parameter: "text")
        }
        var rows = try await rows(order, by: encoder, in: search, isFormer: false)
        if let former = former?.open {
            rows += try await self.rows(order, by: former.encoder, in: former.search, isFormer: true)
        }
        return NeighbourList(rows: rows, threshold: curated.configuration.standards.threshold)
    }

    private func rows(
        _ order: NeighbourOrder, by encoder: EncoderStage, in search: LikenessSearch, isFormer: Bool
    ) async throws(GatewayError) -> [NeighbourList.Row] {
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
        return zip(found, entries).compactMap { neighbour, entry -> NeighbourList.Row? in
            // Gone since it was mirrored.
            guard let entry else { return nil }
            return NeighbourList.Row(
                similarity: neighbour.similarity, verdict: neighbour.verdict,
                isDistracted: entry.curation?.distracts(
                    vector.embedding, from: neighbour.similarity, encoder: vector.encoder) ?? false,
                isFormer: isFormer, summary: EntrySummary(entry: entry, now: now))
        }
    }
}

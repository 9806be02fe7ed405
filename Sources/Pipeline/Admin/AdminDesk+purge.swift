package import GatewayCore
import Logging
import NIOConcurrencyHelpers
import RequestAnalysis
import SemanticCache
import Telemetry

extension AdminDesk {
    private static let sampleSize = 10

    /// Forgets answers, or tells which would be forgotten. When it returns, no answer it is about is served by a
    /// replica that asks the store; those that serve from memory follow within their bound.
    /// - Throws: `notFound` for an unknown tenant, `invalidRequest`, or `overloaded` when the store or the encoder does
    ///   not answer: then it may hold or not, and is to be asked for again.
    package func purge(_ order: PurgeOrder) async throws(GatewayError) -> PurgeReceipt {
        try check(order.tenant)
        var receipt = PurgeReceipt(order: order)
        switch order.subject {
        case .entry(let entry): try await purge(entry, &receipt)
        case .curated(let id): try await purge(curated: id, &receipt)
        case .similar(let text, let threshold, let namespace):
            let owner = PartitionOwner(tenant: order.tenant, namespace: namespace)
            try await purge(like: text, atLeast: threshold, of: owner, &receipt)
        case .everything: try await purge(.everything, &receipt)
        case .namespace(let name): try await purge(.namespace(name), &receipt)
        case .tag(let tag): try await purge(.tag(tag), &receipt)
        case .principal(let name):
            try await purge(.principal(analyzer.principal(named: name, tenant: order.tenant)), &receipt)
        case .model(let model): try await purge(.model(model), &receipt)
        case .age(let seconds): try await purge(.before(now() + .seconds(-seconds)), &receipt)
        }
        receipt.bound = bound
        log(receipt)
        return receipt
    }

    private func log(_ receipt: PurgeReceipt) {
        if receipt.order.isDry { return }
        recorder.purged(by: receipt.order.subject.name)
        logger.notice(
            "cache purged",
            metadata: [
                "tenant": "\(receipt.order.tenant)", "by": "\(receipt.order.subject.name)",
                "count": "\(receipt.count.map { String($0) } ?? "not counted")",
                "generation": "\(receipt.generation.map { "\($0)" } ?? "none")",
            ])
    }

    /// By one number, however many there are.
    private func purge(_ scope: PurgeScope, _ receipt: inout PurgeReceipt) async throws(GatewayError) {
        let tenant = receipt.order.tenant
        if receipt.order.isDry {
            (receipt.count, receipt.samples) = try await matching(scope, of: tenant)
            return
        }
        let generation = try await asking { () async throws(CacheStoreError) in
            try await store.purge(scope, of: tenant)
        }
        receipt.generation = generation
        receipt.holdsSince = now()
        guard receipt.order.erases else { return }
        let ended = PurgeRecord(ending: scope, at: generation)
        receipt.count = try await asking { () async throws(CacheStoreError) in
            try await catalog.walk(tenant) { ended.verdict(on: $0) == .purged }
        }
    }

    /// How many entries a purge would be about, and some of them.
    private func matching(
        _ scope: PurgeScope, of tenant: TenantID
    ) async throws(GatewayError) -> (count: Int, samples: [PurgeReceipt.Sample]) {
        let ended = PurgeRecord(ending: scope, at: CacheGeneration(.max))
        let found = NIOLockedValueBox<(seen: Set<EntryID>, samples: [PurgeReceipt.Sample])>(([], []))
        _ = try await asking { () async throws(CacheStoreError) in
            try await catalog.walk(tenant) { entry in
                guard ended.verdict(on: entry) == .purged else { return false }
                found.withLockedValue { found in
                    guard found.seen.insert(entry.id).inserted, found.samples.count < Self.sampleSize else { return }
                    found.samples.append(.init(entry: entry.id, question: entry.question, similarity: nil))
                }
                return false
            }
        }
        return found.withLockedValue { ($0.seen.count, $0.samples) }
    }

    private func purge(_ entry: EntryID, _ receipt: inout PurgeReceipt) async throws(GatewayError) {
        let partition = try await asking { () async throws(CacheStoreError) in
            try await catalog.partition(of: entry)
        }
        receipt.count = partition == nil ? 0 : 1
        if receipt.order.isDry { return }
        if let partition {
            try await asking { () async throws(CacheStoreError) in try await store.delete(entry, in: partition) }
        }
        receipt.holdsSince = now()
    }

    /// What this replica has mirrored; what is being stored meanwhile is not found.
    private func purge(
        like text: String, atLeast threshold: Float, of owner: PartitionOwner, _ receipt: inout PurgeReceipt
    ) async throws(GatewayError) {
        guard let encoder else {
            throw GatewayError(.invalidRequest, "this gateway looks for no similar questions", parameter: "similar_to")
        }
        receipt.count = 0
        // The encoder before comes first: what gets the present one's vectors meanwhile is found behind it.
        if let former = former?.open {
            let vector = try await self.vector(of: text, by: former.encoder)
            try await purge(like: vector, atLeast: threshold, of: owner, in: former.search, &receipt)
        }
        let vector = try await vector(of: text, by: encoder)
        try await purge(like: vector, atLeast: threshold, of: owner, in: search, &receipt)
        if !receipt.order.isDry, !receipt.isAtLeast { receipt.holdsSince = now() }
    }

    private func vector(of text: String, by encoder: EncoderStage) async throws(GatewayError) -> EmbeddingVector {
        guard case .success(let vector) = await encoder.embed(text) else {
            throw GatewayError(.overloaded, "the encoder does not answer, or the text is too long for it")
        }
        return vector.embedding
    }

    /// What one encoder finds.
    private func purge(
        like vector: EmbeddingVector, atLeast threshold: Float, of owner: PartitionOwner, in search: LikenessSearch,
        _ receipt: inout PurgeReceipt
    ) async throws(GatewayError) {
        var count = receipt.count ?? 0
        var pins = try await pins(of: owner)
        while true {
            let found = await search.entries(like: vector, of: owner, atLeast: threshold, but: pins.known)
            guard let found else { throw GatewayError(.overloaded, "too many searches are waiting; ask again") }
            // What an operator wrote is forgotten by its name, not by its likeness to something.
            let meant = try await unpinned(found, &pins)
            if receipt.samples.isEmpty { receipt.samples = try await samples(of: meant) }
            count += meant.count
            receipt.count = count
            // A partition may hold more of them than one search gives.
            let isRest = found.count >= LikenessSearch.limit
            let isCut = isRest && (receipt.order.isDry || pins.isFull)
            receipt.isAtLeast = receipt.isAtLeast || isCut
            if receipt.order.isDry { return }
            for one in meant {
                try await asking { () async throws(CacheStoreError) in
                    try await store.delete(one.entry, in: one.partition)
                }
                search.forget(one)
            }
            if isCut || !isRest { return }
        }
    }

    private func samples(of found: [LikenessSearch.Found]) async throws(GatewayError) -> [PurgeReceipt.Sample] {
        let first = Array(found.prefix(Self.sampleSize))
        let questions = try await asking { () async throws(CacheStoreError) in
            try await catalog.questions(of: first.map { ($0.entry, $0.partition) })
        }
        return zip(first, questions).map { .init(entry: $0.entry, question: $1, similarity: $0.similarity) }
    }
}

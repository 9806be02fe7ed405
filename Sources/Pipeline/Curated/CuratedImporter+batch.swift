import Embedding
import GatewayCore
import SemanticCache

extension CuratedImporter {
    /// What is to be done about a line.
    private enum Draft {
        case refused(CuratedMistake)
        case over(String)
        case plan(CuratedPlan)
    }

    /// Stores some lines, of which none names the same answer as another.
    /// - Returns: what became of each, in their order.
    /// - Throws: `storeUnavailable` or `overloaded` when Redis or the encoder does not answer: then some of them may
    ///   stand, and the same lines can be stored again.
    func store(_ lines: [CuratedReader.Line]) async throws(GatewayError) -> [CuratedOutcome] {
        let now = now()
        let drafts = lines.map { draft($0.content, at: now) }
        var outcomes: [CuratedOutcome] = []
        var plans: [(place: Int, plan: CuratedPlan)] = []
        for (place, draft) in drafts.enumerated() {
            switch draft {
            case .refused(let mistake): outcomes.append(.refused(mistake.description))
            case .over(let id):
                outcomes.append(.over)
                // A search for each of them would take too long; what the shelf still lists is found.
                _ = try await changing(id, to: []) { () async throws(CacheStoreError) in
                    try await store.remove(id, from: shelf, searches: false)
                }
            case .plan(let plan):
                outcomes.append(.unchanged)
                plans.append((place, plan))
            }
        }
        let wanted = plans.map { ($0.plan.answer.id, $0.plan.digest, $0.plan.entries) }
        let stands = try await asking { () async throws(CacheStoreError) in
            try await store.stands(wanted, on: shelf)
        }
        let changed = zip(plans, stands).filter { !$1 }.map(\.0)
        if changed.isEmpty { return outcomes }
        for (place, outcome) in try await write(changed) { outcomes[place] = outcome }
        return outcomes
    }

    private func draft(_ content: Result<CuratedAnswer, CuratedMistake>, at now: UnixTime) -> Draft {
        do throws(CuratedMistake) {
            let answer = try content.get()
            return answer.expires <= now ? .over(answer.id) : .plan(try plan(answer))
        } catch {
            return .refused(error)
        }
    }

    /// Runs what needs the store.
    func asking<Value>(
        _ body: () async throws(CacheStoreError) -> Value
    ) async throws(GatewayError) -> Value {
        do throws(CacheStoreError) {
            return try await body()
        } catch {
            throw GatewayError(.storeUnavailable, "Redis does not answer: \(error)", retryAfter: .seconds(1))
        }
    }

    /// Runs what changes an answer, and tells of its entries, those it had and those it has.
    private func changing<Value>(
        _ id: String, to entries: [EntryID], _ body: () async throws(CacheStoreError) -> Value
    ) async throws(GatewayError) -> Value {
        guard let onChanged else { return try await asking(body) }
        let before = try await asking { () async throws(CacheStoreError) in
            try await store.entries(of: id, on: shelf, searches: false)
        }
        // What failed may have been done all the same.
        defer { for entry in before + entries { onChanged(entry, shelf.partition) } }
        return try await asking(body)
    }

    // MARK: - Writing

    private func write(
        _ plans: [(place: Int, plan: CuratedPlan)]
    ) async throws(GatewayError) -> [(place: Int, outcome: CuratedOutcome)] {
        let vectors = try await vectors(of: plans.flatMap(\.plan.texts))
        let generation = try await asking { () async throws(CacheStoreError) in
            try await store.generation(of: scope.tenant)
        }
        let results = await withTaskGroup(of: (Int, Result<CuratedOutcome, GatewayError>).self) { group in
            for (place, plan) in plans {
                group.addTask { (place, await put(plan, vectors, generation)) }
            }
            var results: [(Int, Result<CuratedOutcome, GatewayError>)] = []
            for await result in group { results.append(result) }
            return results
        }
        var outcomes: [(place: Int, outcome: CuratedOutcome)] = []
        for (place, result) in results { outcomes.append((place, try result.get())) }
        return outcomes
    }

    /// None without an encoder.
    private func vectors(of texts: [String]) async throws(GatewayError) -> [String: EmbeddingVector] {
        guard let embedder else { return [:] }
        return try await CuratedVectors(embedder, textsAtOnce: textsAtOnce).of(texts)
    }

    private func put(
        _ plan: CuratedPlan, _ vectors: [String: EmbeddingVector], _ generation: CacheGeneration
    ) async -> Result<CuratedOutcome, GatewayError> {
        let answer = plan.answer
        let distractors = answer.distractors.compactMap { vectors[$0] }
        if embedder != nil, distractors.count < answer.distractors.count {
            return .success(.refused("a distractor is longer than the encoder reads"))
        }
        let created = now()
        let curation = Curation(
            answer: answer.id, distractors: distractors,
            encoder: distractors.isEmpty ? nil : embedder?.identity.description)
        let entries = plan.requests.compactMap { request -> StoredEntry? in
            let question = request.judgment.isSearched ? request.question : nil
            return StoredEntry.curated(
                request, answer: plan.reply, vector: question.flatMap { vector($0, vectors) },
                storesPrompts: configuration.storesPrompts, created: created, expires: answer.expires,
                generation: generation, curation: curation)
        }
        guard let labels = plan.requests.first?.labels else { return .success(.refused("there is no question")) }
        let record = CuratedRecord(
            id: answer.id, line: answer.json, digest: plan.digest, entries: entries.map(\.id),
            labels: EntryLabels(labels), created: created, expires: answer.expires, generation: generation)
        do throws(GatewayError) {
            let taken = try await changing(answer.id, to: record.entries) { () async throws(CacheStoreError) in
                try await store.put(record, entries, on: shelf)
            }
            guard let taken else { return .success(.stored(questions: entries.count)) }
            let question = plan.requests.first { $0.place?.entry == taken.entry }?.question ?? ""
            return .success(.taken(question: question, answer: taken.answer))
        } catch {
            return .failure(error)
        }
    }

    /// Nil for a text that is longer than the encoder reads: equal questions will still find the answer.
    private func vector(_ question: String, _ vectors: [String: EmbeddingVector]) -> EntryVector? {
        guard let embedder, let known = vectors[question] else { return nil }
        return EntryVector(encoder: embedder.identity, embedding: known)
    }
}

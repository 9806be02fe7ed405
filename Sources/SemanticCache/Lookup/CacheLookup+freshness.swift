package import GatewayCore

extension CacheLookup {
    /// An answer past its life, for a request that no provider has answered. Looked up anew, as it may have been purged
    /// or deleted since it was found, or made anew.
    /// - Parameter embedding: of the request's question, without which another question's answer does not stand in.
    /// - Returns: nil when there is none that may be served, or none as fresh as the caller wants it.
    package func standIn(
        _ stale: StaleAnswer, for request: AnalyzedRequest, embedding: EmbeddingVector? = nil
    ) async throws(CacheStoreError) -> CacheHit? {
        let entry = try await store.load(stale.entry, in: stale.partition, of: request.labels.tenant)
        guard let entry, !isVetoed(entry, for: request) else { return nil }
        let now = now()
        let isStale = entry.expires <= now
        if let similarity = stale.similarity {
            guard let embedding else { return nil }
            let likeness = QuestionLikeness(
                similarity: similarity, embedding: embedding, longestAge: longestAge(for: request, isStale: isStale))
            guard refusal(of: entry, likeness, at: now) == nil else { return nil }
        }
        let directives = request.directives
        guard directives.acceptsInstead(created: entry.created, freshUntil: entry.freshUntil, now: now) else {
            return nil
        }
        let isAlias = stale.similarity == nil && entry.id != stale.entry
        let outcome: CacheOutcome = isStale
            ? .hitStale : isAlias ? .hitAlias : stale.similarity == nil ? .hitExact : .hitSemantic
        return hit(entry, outcome: outcome, similarity: stale.similarity, now: now)
    }

    /// How old at most an answer to a question by meaning may be, by its words; nil for any age.
    func longestAge(of question: String?) -> Duration? {
        freshness.rules.limit(of: Volatility(of: question))
    }

    /// The same where an answer past its life stands in: by as much older as one is kept that was made for such a
    /// question, see ``EntryLives``.
    private func longestAge(for request: AnalyzedRequest, isStale: Bool) -> Duration? {
        longestAge(of: request.question).map { longest in
            let kept = request.lives?.staleIfError ?? freshness.rules.staleIfError
            return isStale ? longest + min(kept, longest) : longest
        }
    }

    /// Whether an answer to an equal question is no older than the question's words allow. Its own has a life by those;
    /// an entry that the question is another name of has one by its own question's.
    func isYoung(_ entry: StoredEntry, for request: AnalyzedRequest, _ now: UnixTime) -> Bool {
        guard entry.id != request.place?.entry, entry.curation == nil, let question = request.question,
            let limit = longestAge(of: question)
        else { return true }
        return now - entry.created <= limit
    }

    /// The route's rule, or a stricter one that the caller wants.
    package func rule(of request: AnalyzedRequest, threshold: Float?) -> any HitRule {
        let rule = threshold.map(self.rule.with) ?? self.rule
        guard let wanted = request.directives.threshold, wanted > rule.lowestUsefulSimilarity else { return rule }
        return rule.with(threshold: wanted)
    }

    func hit(_ entry: StoredEntry, outcome: CacheOutcome, similarity: Float?, now: UnixTime) -> CacheHit {
        let isStale = outcome == .hitStale
        let isDue = !isStale && freshness.early.isTime(entry.freshness, now: now)
        return CacheHit(
            outcome: outcome, entry: entry.id, answer: entry.answer, model: entry.model, usage: entry.usage,
            age: max(now - entry.created, .zero), similarity: similarity,
            freshness: isStale ? .stale : entry.freshUntil <= now ? .due : nil, due: isDue ? due(entry) : nil,
            created: entry.created)
    }

    /// Nil for what is damaged: it is left to its end.
    private func due(_ entry: StoredEntry) -> RefreshDue? {
        entry.labels?.labels.map {
            RefreshDue(created: entry.created, question: entry.question, labels: $0, step: entry.freshness.step)
        }
    }
}

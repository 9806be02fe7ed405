package import GatewayCore

extension StoredEntry {
    /// One question of a curated answer.
    /// - Parameters:
    ///   - request: as a caller would ask it.
    ///   - vector: of the question, where similar ones are looked for.
    ///   - storesPrompts: whether the question is kept, or what the guard compares of it.
    /// - Returns: nil for a request without a place in the cache.
    package static func curated(
        _ request: AnalyzedRequest, answer: ChatAnswer, vector: EntryVector?, storesPrompts: Bool,
        created: UnixTime, expires: UnixTime, generation: CacheGeneration?, curation: Curation
    ) -> StoredEntry? {
        guard let place = request.place else { return nil }
        let question = request.judgment.isSearched ? request.question : nil
        return StoredEntry(
            id: place.entry, partition: place.partition, question: storesPrompts ? question : nil,
            features: storesPrompts ? nil : question.map { GuardFeatures(text: $0).encoded }, answer: answer.json,
            model: answer.model, usage: answer.usage, created: created, expires: expires, vector: vector,
            labels: EntryLabels(request.labels), generation: generation, curation: curation,
            group: vector == nil ? nil : answer.text.map(AnswerGroup.ofOperator))
    }
}

package import GatewayCore

/// Stores answers that passed admission.
package struct CacheWriter: Sendable {
    private let store: any CacheStore
    private let configuration: CacheConfiguration
    private let now: @Sendable () -> UnixTime

    package init(
        store: any CacheStore, configuration: CacheConfiguration,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.store = store
        self.configuration = configuration
        self.now = now
    }

    /// Whether anything is ever written.
    package var isOn: Bool { configuration.mode != .off }

    /// Writes the answer to one request.
    /// - Parameters:
    ///   - vector: of the request's question, if it was embedded; without it only the same question is served.
    ///   - generation: of before the answer was asked for; nil for one that nobody had to ask for.
    ///   - fence: of the lead by which it was asked for; nil without one.
    /// - Returns: what became of it; never throws, as the client has its answer already.
    package func write(
        _ answer: ChatAnswer, to request: AnalyzedRequest, vector: EntryVector?,
        generation: CacheGeneration? = nil, fence: Int64? = nil
    ) async -> WriteOutcome {
        guard isOn, let place = request.place else { return .notCacheable }
        if let refusal = AnswerAdmission.refusal(
            of: answer, to: request, bytesLimit: configuration.answerBytesLimit)
        {
            return refusal
        }
        let created = now()
        let isSemantic = request.cacheability == .semantic
        let question = isSemantic ? request.request.question?.text : nil
        let entry = StoredEntry(
            id: place.entry, partition: place.partition,
            question: configuration.storesPrompts ? question : nil,
            features: configuration.storesPrompts ? nil : question.map { GuardFeatures(text: $0).encoded },
            answer: answer.json,
            model: answer.model, usage: answer.usage, created: created,
            expires: created + configuration.timeToLive, vector: isSemantic ? vector : nil,
            labels: EntryLabels(request.labels), generation: generation, fence: fence)
        do {
            try await store.save(entry)
            return .stored
        } catch {
            return error.code == .superseded ? .superseded : .storeDown
        }
    }
}

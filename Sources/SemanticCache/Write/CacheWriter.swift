package import GatewayCore

/// Stores answers that passed admission.
package struct CacheWriter: Sendable {
    private let store: any CacheStore
    private let configuration: CacheConfiguration
    private let refreshes: (any RefreshStore)?
    private let door: IndexDoor?
    private let price: @Sendable (TokenUsage?, String?) -> Int?
    private let now: @Sendable () -> UnixTime

    /// - Parameters:
    ///   - refreshes: where answers are stored that were made anew; nil where none are.
    ///   - door: decides what is found by meaning; nil for all.
    ///   - price: what an answer has cost in nano-dollars; nil where prices are not known.
    package init(
        store: any CacheStore, configuration: CacheConfiguration, refreshes: (any RefreshStore)? = nil,
        door: IndexDoor? = nil,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() },
        price: @escaping @Sendable (TokenUsage?, String?) -> Int? = { _, _ in nil }
    ) {
        self.store = store
        self.refreshes = refreshes
        self.configuration = configuration
        self.door = door
        self.price = price
        self.now = now
    }

    /// Whether anything is ever written.
    package var isOn: Bool { configuration.mode != .off }

    /// Writes the answer to one request.
    /// - Parameters:
    ///   - vector: of the request's question, if it was embedded; without it only the same question is served.
    ///   - generation: of before the answer was asked for; nil for one that nobody had to ask for.
    ///   - fence: of the lead by which it was asked for; nil without one.
    ///   - making: how it came to be; nil for one that nobody had to ask for, which is not made anew either.
    ///   - isStandIn: whether another model than the route's first gave it.
    /// - Returns: what became of it; never throws, as the client has its answer already.
    package func write(
        _ answer: ChatAnswer, to request: AnalyzedRequest, vector: EntryVector?,
        generation: CacheGeneration? = nil, fence: Int64? = nil, making: AnswerMaking? = nil,
        isStandIn: Bool = false
    ) async -> WriteOutcome {
        guard isOn, let place = request.place else { return .notCacheable }
        if let refusal = AnswerAdmission.refusal(
            of: answer, to: request, bytesLimit: configuration.answerBytesLimit, rules: configuration.admission,
            isStandIn: isStandIn)
        {
            return refusal
        }
        let question = request.question
        let lives = EntryLives(
            configuration.freshness, timeToLive: configuration.timeToLive, request: request, entry: place.entry,
            volatility: Volatility(of: question), making: making)
        guard let lives else { return .volatile }
        let created = now()
        let isSearched = request.judgment.isSearched
        let kept = isSearched ? question : nil
        let found = isSearched ? vector : nil
        let waits = found.map { !admits($0, of: request) } ?? false
        var entry = StoredEntry(
            id: place.entry, partition: place.partition, question: configuration.storesPrompts ? kept : nil,
            features: configuration.storesPrompts ? nil : kept.map { GuardFeatures(text: $0).encoded },
            answer: answer.json, model: answer.model, usage: answer.usage, created: created,
            expires: created + lives.life, vector: waits ? nil : found, labels: EntryLabels(request.labels),
            generation: generation, fence: fence,
            freshness: EntryFreshness(lives, created: created, making: making),
            group: isSearched ? answer.text.map(AnswerGroup.of) : nil)
        entry.worth = EntryWorth.of(answer.usage, price: price(answer.usage, answer.model))
        let stored: WriteOutcome = waits ? .storedExact : .stored
        do throws(CacheStoreError) {
            if let lease = making?.lease, let refreshes {
                return try await refreshes.save(entry, under: lease) ? stored : .superseded
            }
            try await store.save(entry)
            return stored
        } catch {
            return switch error.code {
            case .superseded: .superseded
            case .overQuota: .overQuota
            case .unavailable, .gap, .malformed: .storeDown
            }
        }
    }

    private func admits(_ vector: EntryVector, of request: AnalyzedRequest) -> Bool {
        guard let door, let question = request.question else { return true }
        return door.admits(vector, of: request, question: question)
    }
}

import GatewayCore
package import SemanticCache

/// What every store of leads must do. Each check throws a ``Failure`` that says what was expected and what was found.
/// Begin each with an empty store.
package struct FlightLeaseSuite: Sendable {
    /// A guarantee that does not hold.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case onlyOneLeads = "Of many that claim one question at once, one leads, and all others hear who"
        case ordersTokens = "A later lead has a larger token, whatever the question"
        case endsFree = "A lead that ended is free, and one that is not held cannot be ended or prolonged"
        case expires = "A lead that nobody prolongs ends by itself; a prolonged one stays"
        case tellsOthers = "Other replicas hear of beginnings and ends in their order, and nobody of its own"
        case leadsPerPurge = "Who knows of a newer purge leads beside who does not, and both end their own leads only"
        case knowsWhatIsStored = "There is no lead for an answer since the newest purge, but for who could not use it"
        case showsWhatWasBefore = "Who gets a lead hears of what other replicas began before it, with its meaning"

        package var description: String { rawValue }
    }

    private let first: any FlightLeases
    private let second: any FlightLeases
    private let life: Duration
    private let store: @Sendable (_ number: Int, _ purge: Int64) async throws -> Void
    private let samples: SampleEntries

    /// - Parameters:
    ///   - first: of one replica.
    ///   - second: of another, over the same store.
    ///   - life: of a lead that is not prolonged, in both.
    ///   - store: stores a sample entry's answer that was asked for behind a purge.
    package init(
        first: any FlightLeases, second: any FlightLeases, life: Duration,
        store: @escaping @Sendable (_ number: Int, _ purge: Int64) async throws -> Void
    ) {
        self.first = first
        self.second = second
        self.life = life
        self.store = store
        samples = SampleEntries()
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .onlyOneLeads: try await onlyOneLeads()
        case .ordersTokens: try await ordersTokens()
        case .endsFree: try await endsFree()
        case .expires: try await expires()
        case .tellsOthers: try await tellsOthers()
        case .leadsPerPurge: try await leadsPerPurge()
        case .knowsWhatIsStored: try await knowsWhatIsStored()
        case .showsWhatWasBefore: try await showsWhatWasBefore()
        }
    }

    private func claim(_ number: Int, question: String? = nil, since purge: Int64 = 0) -> FlightClaim {
        FlightClaim(
            key: FlightKey(entry: SampleEntries.id(number), partition: SampleEntries.partition(1), generation: purge),
            announced: question.map {
                .init(
                    features: GuardFeatures(text: $0),
                    vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(number)), tenant: .open)
            })
    }

    private func lead(_ number: Int, by leases: any FlightLeases, question: String? = nil) async throws
        -> FlightHolding
    {
        let claim = claim(number, question: question)
        guard case .granted(let token, _) = try await leases.claim(claim) else {
            throw Failure(description: "a free lead must be granted")
        }
        return FlightHolding(token: token, key: claim.key)
    }

    private func expect(_ isMet: Bool, _ what: String) throws {
        if !isMet { throw Failure(description: what) }
    }

    private func onlyOneLeads() async throws {
        let replies = try await withThrowingTaskGroup(of: FlightClaimReply.self) { group in
            for number in 0..<50 {
                group.addTask { [self] in
                    try await (number % 2 == 0 ? first : second).claim(claim(1))
                }
            }
            return try await group.reduce(into: [FlightClaimReply]()) { $0.append($1) }
        }
        var leaders: Set<FlightToken> = []
        var told: Set<FlightToken> = []
        for reply in replies {
            switch reply {
            case .granted(let token, _): leaders.insert(token)
            case .held(let token, let left):
                told.insert(token)
                try expect(left > .zero && left <= life, "a lead must end within its life, not after \(left)")
            case .stored: throw Failure(description: "nothing was stored")
            }
        }
        try expect(leaders.count == 1, "one must lead, not \(leaders.count)")
        try expect(told == leaders, "the others must hear of the leader")
    }

    private func ordersTokens() async throws {
        var last = FlightToken.none
        for number in 1...20 {
            let token = try await lead(number, by: number % 2 == 0 ? first : second).token
            try expect(token > last && token.fence > last.fence, "\(token) must be larger than \(last)")
            last = token
        }
    }

    private func endsFree() async throws {
        let held = try await lead(1, by: first)
        let other = FlightHolding(
            token: FlightToken(milliseconds: 5, sequence: 1), key: held.key)
        try await second.end([(other, isKept: true)])
        let holder = try await second.holder(of: held.key)
        try expect(holder?.token == held.token, "who does not hold a lead must not end it")
        try await first.end([(held, isKept: false)])
        let none = try await second.holder(of: held.key)
        try expect(none == nil, "an ended lead must be free")
        _ = try await lead(1, by: second)
    }

    private func expires() async throws {
        let (left, kept) = (try await lead(1, by: first), try await lead(2, by: first))
        var isGone = false
        while !isGone {
            try await first.renew([kept])
            isGone = try await second.holder(of: left.key) == nil
            try await Task.sleep(for: life / 10)
        }
        let holder = try await second.holder(of: kept.key)
        try expect(holder?.token == kept.token, "a prolonged lead must stay")
        _ = try await lead(1, by: second)
        try await first.renew([left])
    }

    private func tellsOthers() async throws {
        let start = try await second.head()
        let own = try await first.head()
        let held = try await lead(1, by: first, question: "What is number 1?")
        try await first.end([(held, isKept: true)])
        var lines: [FlightLine] = []
        var position = start
        while lines.count < 2 {
            let (more, next) = try await second.lines(after: position, wait: .seconds(5))
            lines += more
            position = next
        }
        guard case .began(let flight) = lines[0], flight.token == held.token, flight.key == held.key,
            let course = flight.course
        else { throw Failure(description: "the beginning must be told first, and whole") }
        let likeness = zip(course.embedding.components, samples.vector(1).components).reduce(0) { $0 + $1.0 * $1.1 }
        try expect(abs(likeness - 1) < 0.001, "the vector must be told, not one of cosine \(likeness)")
        try expect(course.features == GuardFeatures(text: "What is number 1?"), "the question must be told")
        guard case .ended(held.token, isKept: true) = lines[1] else {
            throw Failure(description: "the end must be told second")
        }
        let (mine, _) = try await first.lines(after: own, wait: .milliseconds(20))
        try expect(mine.isEmpty, "nobody must be told of what it did itself")
    }

    private func leadsPerPurge() async throws {
        let before = try await lead(1, by: first)
        let after = claim(1, since: 7)
        guard case .granted(let token, _) = try await second.claim(after) else {
            throw Failure(description: "a call from before a purge must not be waited for behind it")
        }
        try await first.end([(before, isKept: false)])
        let holder = try await first.holder(of: after.key)
        try expect(holder?.token == token, "the lead since the purge must stay")
        guard case .held(token, _) = try await first.claim(after) else {
            throw Failure(description: "the lead since the purge must be told of")
        }
    }

    private func knowsWhatIsStored() async throws {
        try await store(1, 5)
        for purge: Int64 in [0, 5] {
            guard case .stored = try await first.claim(claim(1, since: purge)) else {
                throw Failure(description: "an answer since purge 5 must serve who knows of \(purge)")
            }
        }
        guard case .granted = try await first.claim(claim(1, since: 6)) else {
            throw Failure(description: "an answer from before a purge must be none behind it")
        }
        var again = claim(1, since: 5)
        again.ignoresStored = true
        guard case .granted = try await second.claim(again) else {
            throw Failure(description: "who could not use the answer must get the lead")
        }
    }

    private func showsWhatWasBefore() async throws {
        let earlier = try await lead(1, by: first, question: "What is number 1?")
        guard case .granted(_, let before) = try await second.claim(claim(2, question: "What is number 2?")) else {
            throw Failure(description: "another question's lead must be free")
        }
        let tokens = before.compactMap { if case .began(let flight) = $0 { flight.token } else { nil } }
        try expect(tokens == [earlier.token], "what was before must be told, not \(tokens)")
    }
}

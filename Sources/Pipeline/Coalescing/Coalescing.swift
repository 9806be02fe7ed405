import GatewayCore
import NIOCore
import RequestAnalysis
package import SemanticCache

/// Lets requests that miss the cache share one call: of the same question, of one that means the same, in this process
/// and in others.
package struct Coalescing: Sendable {
    /// How a request that missed goes on.
    enum Turn: Sendable {
        /// There is an answer, of another's call or stored meanwhile.
        case answered(CacheHit)
        /// Another's stream.
        case follows(SharedReply)
        /// It makes its own call, which others may share if there is a duty: it may have to ask the fleet first.
        case call(FlightDuty?)
    }

    /// One request on its way to an answer.
    struct Seeker: Sendable {
        let request: AnalyzedRequest
        let key: FlightKey
        let course: FlightCourse?
        let announced: FlightClaim.Announcement?
        let rule: any HitRule
        let wish: FlightWish
        let isStoreDown: Bool
        let deadline: ContinuousClock.Instant?
        let exchange: Exchange
    }

    let flights: Flights<SharedPiece>
    let fleet: FleetFlights?
    let lookup: CacheLookup
    let temperatureLimit: Double
    /// Not where several must have asked before an answer is found by meaning.
    private let sharesByMeaning: Bool
    private let failuresLimit: Int
    private let uptime: @Sendable () -> Duration

    /// After so many turns a request calls for itself, whatever the others do.
    private static let turns = 8
    /// Of two requests that cannot know of purges, how much later one may begin and share the other's call.
    private static let moment: Duration = .milliseconds(250)
    private static let start = ContinuousClock.now

    /// - Parameters:
    ///   - fleet: nil to share within this process only.
    ///   - lookup: finds what others have stored.
    ///   - uptime: what tells requests of one moment from those of another; nil for the process's own.
    package init(
        configuration: CacheConfiguration, fleet: FleetFlights?, lookup: CacheLookup,
        uptime: (@Sendable () -> Duration)? = nil
    ) {
        self.uptime = uptime ?? { Coalescing.start.duration(to: .now) }
        var rules = FlightRules()
        rules.totalBytes = configuration.coalescingBytesLimit
        flights = Flights(rules: rules)
        failuresLimit = rules.failures
        self.fleet = fleet
        self.lookup = lookup
        temperatureLimit = configuration.coalescingTemperature
        sharesByMeaning = configuration.sight.confirmations <= 1
    }

    /// For metrics.
    package var counts: FlightCounts { flights.counts }

    /// Waits for another's answer if there is to be one.
    /// - Parameters:
    ///   - plan: of the request's route.
    ///   - deadline: when the client waits no longer; nil for never.
    /// - Throws: what the client is told when the call it waited for has failed, or its own time is over.
    func turn(
        _ request: AnalyzedRequest, missed: CacheStage.Lookup, plan: RoutePlan,
        deadline: ContinuousClock.Instant?, exchange: Exchange
    ) async throws(GatewayError) -> Turn {
        guard mayShare(request), let place = request.place else { return .call(nil) }
        let seeker = seeker(request, at: place, missed, plan, deadline, exchange)
        var wish = seeker.wish
        for _ in 0..<Self.turns {
            switch flights.board(seeker.key, course: seeker.course, wish: wish) {
            case .alone:
                exchange.note { $0.sharing = .full }
                return .call(nil)
            case .stored(let entry, let similarity):
                if let hit = await load(entry, for: seeker, similarity: similarity) { return .answered(hit) }
                flights.forget(seeker.key)
            case .follows(let seat):
                let end = try await ride(seat, seeker)
                if case .again(let count) = end { wish.failures = count } else { return settle(end, seeker) }
            case .leads(let lead, let rivals):
                let end = try await resolve(lead, rivals, seeker, wish)
                if case .again(let count) = end { wish.failures = count } else { return settle(end, seeker) }
            }
            if wish.failures >= failuresLimit { break }
        }
        return .call(nil)
    }

    /// Whether the same answer may go to several requests. What is looked up and stored may be; not where the caller
    /// wants a fresh answer, several choices or more than the usual variety, or where the answer may be a tool's call.
    /// Nor what is a person's own if nobody knows whose, as no wall holds the person then; and on a route in the shadow
    /// every answer is its own.
    private func mayShare(_ request: AnalyzedRequest) -> Bool {
        if !request.judgment.isKept || request.isShadow { return false }
        if request.directives.skipsLookup || request.directives.skipsWrite { return false }
        let root = request.request.document.root
        if let choices = root["n"]?.integer, choices > 1 { return false }
        for name in ["tools", "functions"] where root[name]?.elements.contains(where: { _ in true }) == true {
            return false
        }
        if let temperature = root["temperature"]?.double, temperature > temperatureLimit { return false }
        return true
    }

    private func seeker(
        _ request: AnalyzedRequest, at place: CachePlace, _ missed: CacheStage.Lookup, _ plan: RoutePlan,
        _ deadline: ContinuousClock.Instant?, _ exchange: Exchange
    ) -> Seeker {
        let rule = lookup.rule(of: request, threshold: plan.threshold)
        let takesSimilar = sharesByMeaning && request.judgment.isSearched && !request.directives.isExactOnly
            && lookup.standard(of: plan, for: request) != .equalOnly
        var course: FlightCourse?
        var announced: FlightClaim.Announcement?
        if takesSimilar, let vector = missed.vector, let question = request.question {
            let features = GuardFeatures(text: question)
            course = FlightCourse(embedding: vector.embedding, features: features)
            if let fleet, question.utf8.count <= fleet.rules.questionBytes {
                announced = .init(features: features, vector: vector, tenant: request.labels.tenant)
            }
        }
        let key = FlightKey(
            entry: place.entry, partition: place.partition, generation: missed.generation?.value ?? momentOfOutage())
        let wish = FlightWish(
            readsPieces: request.request.isStream, floor: takesSimilar ? rule.lowestUsefulSimilarity : nil,
            deadline: deadline, incidentals: request.request.incidentals)
        return Seeker(
            request: request, key: key, course: course, announced: announced, rule: rule, wish: wish,
            isStoreDown: missed.isStoreDown, deadline: deadline, exchange: exchange)
    }

    /// In place of a purge's number: who cannot know of purges shares with those who begin at about the same time, and
    /// with nobody who can know.
    private func momentOfOutage() -> Int64 { -Int64(uptime() / Self.moment) - 1 }

    /// Loads what another's call has stored. Checked as every answer before it is served.
    func load(_ entry: EntryID, for seeker: Seeker, similarity: Float?) async -> CacheHit? {
        if seeker.isStoreDown { return nil }
        guard let similarity else { return try? await lookup.find(entry, for: seeker.request) }
        guard let course = seeker.course else { return nil }
        return try? await lookup.find(
            entry, for: seeker.request, similarity: similarity, embedding: course.embedding)
    }
}

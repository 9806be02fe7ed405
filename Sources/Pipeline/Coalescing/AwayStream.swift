import GatewayCore
import SemanticCache

/// The stream of another replica's call, shown to those who follow it here.
struct AwayStream: Sendable {
    let fleet: FleetFlights
    let holding: FlightHolding
    let tenant: TenantID
    let parts: AsyncStream<FlightParts>
    /// Of those who follow here.
    let lead: FlightLead<SharedPiece>
    let target: @Sendable (DeploymentID) -> Target?
    /// Loads the answer that was stored.
    let load: @Sendable () async -> CacheHit?

    /// The last parts come so much behind the end of a call at most.
    private static let grace: Duration = .seconds(2)
    /// Longer than any call takes.
    private static let longest: Duration = .seconds(3600)

    private enum Event: Sendable {
        /// Whether the answer is stored; nil when parts are missing.
        case read(isKept: Bool?)
        case ended(FleetFlights.AwayEnd)
    }

    /// Shows what comes, until the answer is whole. When its leader dies, who has sent a part of it is told so; one of
    /// the others leads.
    /// - Parameter first: the first parts.
    func relay(_ first: FlightParts) async {
        let isKept = await ending(first)
        fleet.ignore(holding)
        guard let isKept else {
            let error = GatewayError(.streamTruncated, "the provider's stream broke off before its end")
            return lead.fail(FlightFailure(.own, error))
        }
        let hit = isKept ? await load() : nil
        lead.land(
            FlightLanding(
                answer: hit?.answer, model: hit?.model, usage: hit?.usage, entry: holding.key.entry,
                isFit: hit != nil, isStored: hit != nil))
    }

    /// - Returns: whether the whole answer is stored; nil when it broke off.
    private func ending(_ first: FlightParts) async -> Bool? {
        await withTaskGroup(of: Event.self) { group -> Bool? in
            group.addTask { .read(isKept: await read(first)) }
            group.addTask {
                .ended(await fleet.end(of: holding, life: fleet.rules.life, by: .now + Self.longest))
            }
            defer { group.cancelAll() }
            while let event = await group.next() {
                switch event {
                case .read(let isKept): return isKept
                case .ended(.gone), .ended(.late): return nil
                case .ended(.kept), .ended(.failed):
                    group.addTask {
                        try? await Task.sleep(for: Self.grace)
                        return .read(isKept: nil)
                    }
                }
            }
            return nil
        }
    }

    private func read(_ first: FlightParts) async -> Bool? {
        var place = 0
        guard show(first, &place) else { return nil }
        for await told in parts {
            // Told again from the first on, for who came later: what was to come in between comes, too.
            if told.first > place { continue }
            if let isKept = told.isKept { return told.first == place ? isKept : nil }
            guard show(told, &place) else { return nil }
        }
        return nil
    }

    /// - Returns: false for what cannot be read.
    private func show(_ told: FlightParts, _ place: inout Int) -> Bool {
        let known = place - told.first
        guard known < told.count else { return true }
        guard let contents = fleet.open(told, of: holding, from: tenant),
            let pieces = SharedPiece.pieces(in: contents, target: target), pieces.count == told.count
        else { return false }
        for piece in pieces.dropFirst(known) { lead.append(piece) }
        place = told.first + told.count
        return true
    }
}

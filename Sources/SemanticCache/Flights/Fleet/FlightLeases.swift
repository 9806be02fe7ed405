package import GatewayCore
package import NIOCore

/// The fleet's calls under way: who leads for which question, told to all replicas. In Redis in production;
/// ``InMemoryFlightLeases`` in tests. One conformance suite holds for both.
package protocol FlightLeases: Sendable {
    /// Takes the lead for one question, unless another has it, and tells the fleet. One round trip.
    func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply

    /// The lines told with this lead were taken: no later claim needs to tell them again.
    func taken(with lead: FlightHolding)

    /// Prolongs leads that are still held by these tokens.
    func renew(_ held: [FlightHolding]) async throws(CacheStoreError)

    /// Gives leads back that are still held by these tokens, and tells the fleet in any case.
    func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError)

    /// Tells the fleet that the parts of another's answer are wanted.
    func want(_ other: FlightHolding) async throws(CacheStoreError)

    /// Tells the fleet parts of an answer, encrypted as the tenant's entries are.
    func tell(
        _ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID
    ) async throws(CacheStoreError)

    /// What parts of another's answer are; nil for what is damaged, or not the tenant's.
    func open(_ parts: FlightParts, of other: FlightHolding, from tenant: TenantID) -> ByteBuffer?

    /// Who leads for a question now, and until when at the latest; nil when nobody does.
    func holder(of key: FlightKey) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)?

    /// The position behind the newest line.
    func head() async throws(CacheStoreError) -> FlightPosition

    /// Where a reader goes on that lost its connection: at `position`, unless the store has lost its lines.
    func resume(at position: FlightPosition) async throws(CacheStoreError) -> FlightPosition

    /// Lines of other replicas behind a position, waiting up to `wait` for the first; empty when none came.
    func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition)
}

extension FlightLeases {
    /// Where lines told twice cost nothing.
    package func taken(with lead: FlightHolding) {}

    /// Where no parts are told.
    package func want(_ other: FlightHolding) async throws(CacheStoreError) {}

    /// Where no parts are told.
    package func tell(
        _ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID
    ) async throws(CacheStoreError) {}

    /// Where nothing is encrypted.
    package func open(_ parts: FlightParts, of other: FlightHolding, from tenant: TenantID) -> ByteBuffer? {
        parts.contents
    }

    /// Where lines are never lost.
    package func resume(at position: FlightPosition) async throws(CacheStoreError) -> FlightPosition { position }
}

/// Where a reader of the lines stands. Opaque to all but who gave it.
package struct FlightPosition: Sendable, Equatable {
    package let lastSeen: [String]

    package init(lastSeen: [String]) { self.lastSeen = lastSeen }
}

/// A question for the lead.
package struct FlightClaim: Sendable {
    package let key: FlightKey
    /// What others compare theirs with; nil when only the same question may have the answer.
    package let announced: Announcement?
    /// Whether the lead is wanted even though there is an entry since the purge: one that was not served.
    package var ignoresStored = false

    /// What a question means, for other replicas. Its text is never told.
    package struct Announcement: Sendable {
        package let features: GuardFeatures
        package let vector: EntryVector
        /// Who asks: what is told is encrypted as the tenant's entries are.
        package let tenant: TenantID

        package init(features: GuardFeatures, vector: EntryVector, tenant: TenantID) {
            self.features = features
            self.vector = vector
            self.tenant = tenant
        }
    }

    package init(key: FlightKey, announced: Announcement?) {
        self.key = key
        self.announced = announced
    }
}

/// What a claim came to.
package enum FlightClaimReply: Sendable {
    /// With the lines of its partition's shard that may not have been read yet: all that came before it and are recent.
    case granted(FlightToken, before: [FlightLine])
    /// Another leads, until `life` from now at the latest if it is heard of no more.
    case held(FlightToken, life: Duration)
    /// There is an answer.
    case stored
}

/// A lead that is held.
package struct FlightHolding: Sendable, Hashable {
    package let token: FlightToken
    package let key: FlightKey

    package init(token: FlightToken, key: FlightKey) {
        self.token = token
        self.key = key
    }
}

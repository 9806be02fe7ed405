package import GatewayCore
import NIOConcurrencyHelpers
package import NIOCore

/// Answers that are read part by part by other replicas. Nothing is told of a call before somebody wants it.
extension FleetFlights {
    // MARK: - Own leads

    /// Calls `act` each time that another replica wants the parts of a lead's answer from the first on, until the lead
    /// ends. On any thread.
    package func whenWanted(_ lead: FlightHolding, _ act: @escaping @Sendable () -> Void) {
        let isWanted = state.withLockedValue { state in
            guard state.held[lead] != nil else { return false }
            state.tellers[lead.token] = act
            return state.wanted.remove(lead.token) != nil
        }
        if isWanted { act() }
    }

    /// Tells all replicas some parts of a lead's answer.
    /// - Returns: whether the store has taken them.
    package func tell(_ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID) async -> Bool {
        do throws(CacheStoreError) {
            try await leases.tell(parts, of: lead, from: tenant)
            return true
        } catch {
            return false
        }
    }

    /// Another replica wants parts. A wish may come before this replica has heard that it leads.
    func hear(wishFor token: FlightToken) {
        let teller = state.withLockedValue { state -> (@Sendable () -> Void)? in
            if let teller = state.tellers[token] { return teller }
            if state.held.keys.contains(where: { $0.token == token }) { state.wanted.insert(token) }
            return nil
        }
        teller?()
    }

    // MARK: - Others

    /// The parts that are told of another replica's call from now on. One reader for each call: it must say when it
    /// needs no more.
    package func parts(of other: FlightHolding) -> AsyncStream<FlightParts> {
        let (stream, listener) = AsyncStream<FlightParts>.makeStream()
        state.withLockedValue { $0.listeners.updateValue(listener, forKey: other.token) }?.finish()
        return stream
    }

    /// No more parts are needed.
    package func ignore(_ other: FlightHolding) {
        state.withLockedValue { $0.listeners.removeValue(forKey: other.token) }?.finish()
    }

    /// Lets who leads know that the parts of its answer are wanted.
    package func want(_ other: FlightHolding) async { try? await leases.want(other) }

    /// What parts are; nil for what is damaged, or was not told by the tenant's own call.
    package func open(_ parts: FlightParts, of other: FlightHolding, from tenant: TenantID) -> ByteBuffer? {
        leases.open(parts, of: other, from: tenant)
    }

    func hear(_ parts: FlightParts, of token: FlightToken) {
        _ = state.withLockedValue { $0.listeners[token] }?.yield(parts)
    }
}

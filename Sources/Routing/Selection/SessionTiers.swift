import NIOConcurrencyHelpers

/// The tiers that sessions are on, in this process. Any thread.
///
/// Bounded by two generations: when the young one is full it becomes the old one, and what was old and not used since
/// is forgotten. So nothing is ever sorted or searched under the lock.
package final class SessionTiers: Sendable {
    private struct Entry {
        var held: HeldTier
        var used: ContinuousClock.Instant
    }

    private struct State {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private let generationLimit: Int
    private let timeToLive: Duration
    private let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - capacity: at least half as many sessions are remembered, and never more.
    ///   - timeToLive: how long an idle session keeps its tier. Providers keep prompt caches for 5 min to 1 h.
    package init(capacity: Int = 65_536, timeToLive: Duration = .seconds(3600)) {
        generationLimit = max(1, capacity / 2)
        self.timeToLive = timeToLive
    }

    /// The tier of a session; nil for one that is new or was idle for too long.
    /// - Parameter session: names one session of one tenant; the caller puts the tenant in.
    package func held(by session: String, now: ContinuousClock.Instant) -> HeldTier? {
        state.withLockedValue { state in
            guard let entry = state.young[session] ?? state.old[session], now - entry.used < timeToLive else {
                return nil
            }
            return entry.held
        }
    }

    /// Keeps the tier of a session, which is in use now.
    package func hold(_ held: HeldTier, by session: String, now: ContinuousClock.Instant) {
        state.withLockedValue { state in
            if state.young.count >= generationLimit, state.young[session] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[session] = Entry(held: held, used: now)
        }
    }
}

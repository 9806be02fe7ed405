import GatewayCore
import NIOConcurrencyHelpers

/// Where each session was answered last, in this process. Any thread.
///
/// Bounded by two generations like ``SessionTiers``. Replicas do not tell each other: a session that one does not know
/// goes where its hash says, and that is the same in all of them.
final class AffinityTable: Sendable {
    /// The last answer of a session.
    struct Stay: Sendable, Equatable {
        let deployment: DeploymentID
        /// How long its prompt was; zero when that is not known.
        let promptTokens: Int
    }

    private struct Entry {
        var stay: Stay
        var used: ContinuousClock.Instant
    }

    private struct State {
        var young: [UInt64: Entry] = [:]
        var old: [UInt64: Entry] = [:]
    }

    private let rules: AffinityRules
    private let state = NIOLockedValueBox(State())

    init(_ rules: AffinityRules) { self.rules = rules }

    /// Nil for a session that is new or was idle for too long.
    func stay(of session: UInt64, now: ContinuousClock.Instant) -> Stay? {
        state.withLockedValue { state in
            guard let entry = state.young[session] ?? state.old[session], now - entry.used < rules.timeToLive else {
                return nil
            }
            return entry.stay
        }
    }

    func keep(_ stay: Stay, of session: UInt64, now: ContinuousClock.Instant) {
        state.withLockedValue { state in
            if state.young.count >= max(1, rules.capacity / 2), state.young[session] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[session] = Entry(stay: stay, used: now)
        }
    }
}

extension AffinityTable.Stay {
    /// How many tokens of a prompt the target's provider is expected to have kept: what it had the last time, in the
    /// steps in which OpenAI keeps prompts (1,024 tokens and every 128 from there on). A prompt that grew begins with
    /// the last one.
    func cachedTokens(ofInput input: Int) -> Int {
        let common = min(promptTokens, input)
        return common >= 1024 ? common - common % 128 : 0
    }
}

import NIOConcurrencyHelpers
import NIOCore
import ProviderAPIs

/// Keeps thoughts in memory and counts how often it is asked.
final class ThoughtMemory: ThoughtStore {
    private let state = NIOLockedValueBox((kept: [ThoughtKey: ByteBuffer](), asked: 0, isAway: false))

    var count: Int { state.withLockedValue { $0.kept.count } }
    var asked: Int { state.withLockedValue { $0.asked } }

    /// From now on nothing is found, as if the store did not answer.
    func goAway() { state.withLockedValue { $0.isAway = true } }

    func keep(_ thoughts: [(key: ThoughtKey, json: ByteBuffer)]) {
        state.withLockedValue { state in for (key, json) in thoughts { state.kept[key] = json } }
    }

    func thoughts(under keys: [ThoughtKey]) async -> [ByteBuffer?] {
        state.withLockedValue { state in
            state.asked += 1
            return state.isAway ? [] : keys.map { state.kept[$0] }
        }
    }
}

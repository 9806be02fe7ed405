import NIOConcurrencyHelpers
import NIOCore
import ProviderAPIs

/// Keeps responses in memory, and can go away.
final class ResponseMemory: ResponseStore {
    private let state = NIOLockedValueBox((kept: [ResponseKey: ByteBuffer](), asked: 0, isAway: false))

    var keys: Set<ResponseKey> { state.withLockedValue { Set($0.kept.keys) } }
    /// How often it was asked for one.
    var asked: Int { state.withLockedValue { $0.asked } }

    /// From now on it does not answer, or answers again.
    func go(away isAway: Bool) { state.withLockedValue { $0.isAway = isAway } }

    /// Puts something else in place of all that is kept.
    func damage() {
        state.withLockedValue { state in state.kept = state.kept.mapValues { _ in ByteBuffer(string: "{") } }
    }

    func save(_ response: ByteBuffer, under key: ResponseKey) async throws(ResponseStoreError) {
        try check { $0[key] = response }
    }

    func load(_ key: ResponseKey) async throws(ResponseStoreError) -> ByteBuffer? {
        try check { $0[key] }
    }

    func delete(_ key: ResponseKey) async throws(ResponseStoreError) -> Bool {
        try check { $0.removeValue(forKey: key) != nil }
    }

    private func check<Value>(
        _ work: (inout [ResponseKey: ByteBuffer]) -> Value
    ) throws(ResponseStoreError) -> Value {
        let value: Value? = state.withLockedValue { state in
            state.asked += 1
            return state.isAway ? nil : work(&state.kept)
        }
        guard let value else { throw ResponseStoreError("away") }
        return value
    }
}

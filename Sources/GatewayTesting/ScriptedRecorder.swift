import NIOConcurrencyHelpers
import NIOCore

/// Gathers what a `ScriptedServer` sees, and lets tests wait for it.
final class ScriptedRecorder: Sendable {
    private struct State {
        var record = ScriptedRecord()
        var channels: [any Channel] = []
        var waiters: [(isMet: @Sendable (ScriptedRecord) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = NIOLockedValueBox(State())

    var record: ScriptedRecord { state.withLockedValue { $0.record } }
    var channels: [any Channel] { state.withLockedValue { $0.channels } }

    func accepted(_ channel: any Channel) -> Int {
        update { state in
            state.record.connections.append(.init())
            state.channels.append(channel)
            return state.record.connections.count - 1
        }
    }

    func received(_ request: ScriptedRequest) {
        update { state in
            state.record.requests.append(request)
            state.record.connections[request.connection].requests += 1
        }
    }

    func closed(_ index: Int, byPeer: Bool) {
        update { state in
            state.record.connections[index].isClosed = true
            state.record.connections[index].peerClosed = byPeer
        }
    }

    func wait(until isMet: @escaping @Sendable (ScriptedRecord) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetNow = state.withLockedValue { state in
                if isMet(state.record) { return true }
                state.waiters.append((isMet, continuation))
                return false
            }
            if isMetNow { continuation.resume() }
        }
    }

    private func update<Result>(_ change: (inout State) -> Result) -> Result {
        let (result, met) = state.withLockedValue { state in
            let result = change(&state)
            let record = state.record
            let met = state.waiters.filter { $0.isMet(record) }
            state.waiters.removeAll { $0.isMet(record) }
            return (result, met)
        }
        for waiter in met { waiter.continuation.resume() }
        return result
    }
}

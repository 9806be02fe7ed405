import GatewayCore
import NIOConcurrencyHelpers

/// The answers this replica has sent to the store and does not know yet to be there.
///
/// A client has its answer before the store has confirmed it. Whoever asks the same here waits for that, so that it is
/// found by the next request however it comes: a lookup over another connection could pass the write by.
final class WritesUnderWay: Sendable {
    private struct Write {
        let number: Int
        /// Nil while it is being begun: its answer has not left yet.
        var task: Task<WriteOutcome, Never>?
    }

    private struct State {
        var begun = 0
        var writes: [EntryID: Write] = [:]
    }

    private let state = NIOLockedValueBox(State())

    /// Begins a write in the caller's place and goes on with it beside the caller. There are as many at most as the
    /// store's client takes commands; each ends within the store's time limit.
    /// - Returns: the write, for its owner to wait for.
    func begin(
        _ entry: EntryID, of client: any ClientPresence, _ write: @escaping @Sendable () async -> WriteOutcome
    ) -> Task<WriteOutcome, Never> {
        let number = state.withLockedValue { state in
            state.begun += 1
            state.writes[entry] = Write(number: state.begun)
            return state.begun
        }
        let task = client.start {
            let outcome = await write()
            self.change(entry, number) { $0 = nil }
            return outcome
        }
        change(entry, number) { $0?.task = task }
        return task
    }

    /// Waits for the write of this entry, if there is one.
    func ended(_ entry: EntryID) async {
        let task = state.withLockedValue { $0.writes[entry]?.task }
        if let task { _ = await task.value }
    }

    /// Only the write that began last stands for the entry.
    private func change(_ entry: EntryID, _ number: Int, _ body: (inout Write?) -> Void) {
        state.withLockedValue { state in
            if state.writes[entry]?.number == number { body(&state.writes[entry]) }
        }
    }
}

/// What waits for an engine thread: any thread appends, one thread takes everything at once.
///
/// Taking all that queued up while the last batch ran is what makes batching natural: under light load
/// each element goes alone and at once, under heavy load batches grow by themselves.
package final class Inbox<Element: Sendable>: Sendable {
    /// What became of an appended element.
    package enum AppendResult: Sendable, Equatable {
        /// Queued; the reader had nothing before, so a reader that sleeps elsewhere must be woken.
        case first
        /// Queued behind others; the reader is awake or has been told.
        case queued
        /// Refused: the inbox holds `limit` elements.
        case full
        /// Refused: the inbox was closed.
        case closed
    }

    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let limit: Int
    private let state: ConditionBox<State>

    /// - Parameter limit: how many elements may wait; appending to a full inbox is refused, never blocked.
    package init(limit: Int) {
        precondition(limit > 0, "an inbox must hold at least one element")
        self.limit = limit
        self.state = ConditionBox(State())
    }

    /// Queues `element` for the reader. Never blocks for longer than another append or a drain.
    package func append(_ element: Element) -> AppendResult {
        state.update { state in
            if state.isClosed { return (.closed, wake: false) }
            if state.elements.count >= limit { return (.full, wake: false) }
            state.elements.append(element)
            return state.elements.count == 1 ? (.first, wake: true) : (.queued, wake: false)
        }
    }

    /// Takes what is there, without waiting.
    package func drain() -> [Element] {
        state.update { state in
            let taken = state.elements
            state.elements = []
            return (taken, wake: false)
        }
    }

    /// Waits until something is there and takes it all; nil once the inbox is closed and empty.
    /// Blocks: call it on the engine's own thread only.
    package func waitAndDrain() -> [Element]? {
        state.wait(until: { !$0.elements.isEmpty || $0.isClosed }) { state in
            guard !state.elements.isEmpty else { return nil }
            let taken = state.elements
            state.elements = []
            return taken
        }
    }

    /// Refuses what comes from now on and wakes the reader. What is queued can still be taken.
    package func close() {
        state.update { state in
            state.isClosed = true
            return ((), wake: true)
        }
    }

    /// How many elements wait now.
    package var count: Int {
        state.update { ($0.elements.count, wake: false) }
    }
}

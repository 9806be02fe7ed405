/// Knows whether the one who asked still waits for the answer.
package protocol ClientPresence: Sendable {
    /// Runs `work` in a task that is cancelled as soon as the client goes away. It may be the caller's own, which stays
    /// cancelled then: nobody waits for what else it would do.
    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value

    /// Calls `act` once as soon as the client goes away, at once if it is gone, on any thread.
    /// - Returns: what ends the watch; to be called when the client's going no longer matters.
    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void

    /// Starts `work` at once, in the caller's place, and goes on with it beside the caller where the client's requests
    /// run. The client's going does not end it.
    func start<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Task<Value, Never>
}

extension ClientPresence {
    /// Where nothing else is said, that is wherever tasks run.
    package func start<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        Task.immediate { await work() }
    }
}

/// A client that never goes away: for callers inside the process.
package struct PatientClient: ClientPresence {
    package init() {}

    package func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        await work()
    }

    package func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void { {} }
}

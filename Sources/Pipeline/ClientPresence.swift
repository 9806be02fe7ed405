/// Knows whether the one who asked still waits for the answer.
package protocol ClientPresence: Sendable {
    /// Runs `work` in a task that is cancelled as soon as the client goes away.
    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value
}

/// A client that never goes away: for callers inside the process.
package struct PatientClient: ClientPresence {
    package init() {}

    package func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        await work()
    }
}

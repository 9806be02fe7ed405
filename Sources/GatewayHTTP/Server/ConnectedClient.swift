import Pipeline

/// The client at the other end of a connection.
struct ConnectedClient: ClientPresence {
    let watch = ClientWatch()
    let executor: EventLoopTaskExecutor

    /// To be called by the task that answers, which ``ClientWatch/answers(_:)`` was told of: no other is cancelled.
    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        if watch.beginCancelling() { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
        defer { watch.endCancelling() }
        return await work()
    }

    func start<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        Task.immediate(executorPreference: executor) { await work() }
    }

    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void { watch.whenGone(act) }
}

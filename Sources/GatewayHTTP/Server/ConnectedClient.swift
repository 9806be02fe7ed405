import Pipeline

/// The client at the other end of a connection.
struct ConnectedClient: ClientPresence {
    let watch = ClientWatch()
    let executor: EventLoopTaskExecutor

    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task(executorPreference: executor) { await work() }
        let unwatch = whenGone { task.cancel() }
        defer { unwatch() }
        return await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }
    }

    func start<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        Task.immediate(executorPreference: executor) { await work() }
    }

    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void { watch.whenGone(act) }
}

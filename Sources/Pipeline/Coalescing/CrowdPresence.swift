import SemanticCache

/// A client and those who follow its call: present as long as any of them is.
struct CrowdPresence: ClientPresence {
    let client: any ClientPresence
    let lead: FlightLead<SharedPiece>

    func start<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        client.start(work)
    }

    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = start(work)
        let unwatch = whenGone { task.cancel() }
        defer { unwatch() }
        return await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }
    }

    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        client.whenGone { [lead] in lead.whenDeserted(act) }
    }
}

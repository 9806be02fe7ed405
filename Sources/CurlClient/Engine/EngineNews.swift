/// The transfers that have something for their callers. It is handed over once a turn of the engine, together: a head
/// and the body that came with it wake the caller once.
final class EngineNews {
    private var transfers: [Transfer] = []

    func add(_ transfer: Transfer) {
        transfers.append(transfer)
    }

    func take() -> [Transfer] {
        defer { transfers = [] }
        return transfers
    }
}

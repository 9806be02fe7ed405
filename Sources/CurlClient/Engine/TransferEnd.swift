import Synchronization

/// Says to the reader's side that the engine has let go of a transfer, so that it need not be woken for it.
final class TransferEnd: Sendable {
    private let flag = Atomic<Bool>(false)

    var hasCome: Bool { flag.load(ordering: .acquiring) }

    func mark() {
        flag.store(true, ordering: .releasing)
    }
}

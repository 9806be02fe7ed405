import NIOCore
import Synchronization

/// The frames of a stored answer at the pace of a model: the first at once, each further one an interval later. Who
/// reads slowly, or waited long for one, gets those that are due without waiting.
///
/// Safe because one task reads it, the one that writes the reply; only the flag is set by others.
final class PacedReplay: ReplyStream, @unchecked Sendable {
    private var frames: ArraySlice<ByteBuffer>
    private let interval: Duration
    private var due: ContinuousClock.Instant
    private let isUnwanted: Flag
    private let unwatch: @Sendable () -> Void

    /// Set once, from any thread.
    private final class Flag: Sendable {
        private let value = Atomic<Bool>(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }

    /// How soon a client that goes away while nothing is due is noticed.
    private static let nap: Duration = .milliseconds(250)

    init(_ frames: [ByteBuffer], every interval: Duration, for client: any ClientPresence) {
        self.frames = frames[...]
        self.interval = interval
        due = .now
        let flag = Flag()
        isUnwanted = flag
        unwatch = client.whenGone { flag.set() }
    }

    deinit { unwatch() }

    /// Nil also when the client is gone. A task that is cancelled waits no longer: it gets the rest.
    func next() async -> ByteBuffer? {
        guard let frame = frames.popFirst() else { return nil }
        while !isUnwanted.isSet, !Task.isCancelled, due > .now {
            try? await Task.sleep(until: min(due, .now + Self.nap), tolerance: .zero, clock: .continuous)
        }
        if isUnwanted.isSet {
            frames = []
            return nil
        }
        due += interval
        return frame
    }

    func abandon() { frames = [] }
}

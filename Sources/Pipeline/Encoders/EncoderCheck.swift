package import Embedding
import GatewayCore
package import Logging
import NIOConcurrencyHelpers
package import SemanticCache

/// Finds out whether an encoder still makes the vectors that its name stands for in Redis: at the start, every hour,
/// and when it answers again after an outage, as a service may have come back with another model.
package final class EncoderCheck: Sendable {
    package let gate = EncoderGate()
    private let embedder: any Embedder
    private let store: any CanaryStore
    private let floor: EncoderCanaries.Floor
    private let interval: Duration
    private let logger: Logger
    private let deadlines = EmbeddingDeadlines(after: .seconds(10))
    private let isDelayTold = NIOLockedValueBox(false)
    private let calls: AsyncStream<Void>
    private let caller: AsyncStream<Void>.Continuation

    /// Between attempts of the first check, growing.
    private static let pauses: ClosedRange<Duration> = .milliseconds(25) ... .seconds(5)

    /// - Parameters:
    ///   - embedder: without a memo: what it remembers would be compared with itself.
    ///   - interval: between checks.
    package init(
        embedder: any Embedder, store: any CanaryStore, floor: EncoderCanaries.Floor,
        interval: Duration = .seconds(3600), logger: Logger
    ) {
        self.embedder = embedder
        self.store = store
        self.floor = floor
        self.interval = interval
        self.logger = logger
        (calls, caller) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for one more check soon. Returns at once.
    package func again() { caller.yield() }

    /// Checks until the task is cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.checkInTurn() }
            group.addTask { for await _ in self.calls { await self.check() } }
        }
    }

    private func checkInTurn() async {
        var pause = Self.pauses.lowerBound
        while !Task.isCancelled {
            await check()
            let isKnown = gate.standing != .unchecked
            try? await Task.sleep(for: isKnown ? interval : pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Waits for the first verdict, so that a replica that has just started finds what is stored.
    /// - Parameter limit: then it takes requests without.
    package func settle(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while gate.standing == .unchecked, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Checks once. What cannot be asked changes nothing.
    package func check() async {
        do {
            // Asked for first: texts cost money, and while Redis is away their vectors are of no use.
            let kept = try await store.canaries(of: embedder.identity)
            let ours = try await vectors()
            if let kept { return judge(ours, kept) }
            judge(ours, try await store.keep(ours, of: embedder.identity))
        } catch {
            guard gate.standing == .unchecked, !Task.isCancelled else { return }
            let isTold = isDelayTold.withLockedValue { isTold in
                defer { isTold = true }
                return isTold
            }
            if isTold { return }
            // Of the service's own words nothing: they may repeat its key.
            let reason = (error as? EmbeddingError)?.code.rawValue ?? "\(error)"
            logger.warning(
                "the encoder cannot be checked yet: similar questions are not found until then",
                metadata: ["reason": "\(reason)"])
        }
    }

    private func vectors() async throws(EmbeddingError) -> [EmbeddingVector] {
        var vectors: [EmbeddingVector] = []
        for text in EncoderCanaries.texts { vectors.append(try await embedder.embed(text, within: deadlines)) }
        return vectors
    }

    private func judge(_ ours: [EmbeddingVector], _ kept: [EmbeddingVector]) {
        let likeness = EncoderCanaries.likeness(ours, kept)
        let isSound = likeness.map { $0 >= floor.rawValue } ?? false
        let before = gate.become(isSound ? .sound : .mismatched)
        if !isSound, before != .mismatched {
            logger.error(
                "the encoder is not the one its name stands for: similar questions are not found, equal ones are",
                metadata: [
                    "encoder": "\(embedder.identity)", "cosine": "\(likeness.map { "\($0)" } ?? "none")",
                    "expected": "\(floor.rawValue)",
                ])
        }
        if isSound, before == .mismatched {
            logger.notice("the encoder is again the one its name stands for")
        }
    }
}

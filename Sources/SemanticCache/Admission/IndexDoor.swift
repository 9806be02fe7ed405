package import GatewayCore
import NIOConcurrencyHelpers
import Synchronization

/// Decides which questions are found by meaning. Behind a wall that holds few, all are. Above a soft limit a question
/// must be asked twice, in whatever words, before its vector goes into the index: most are asked once. Its answer is
/// found by its own words from the first time on.
///
/// What waits is this replica's alone: a fleet of several sees a question a second time a little later.
package final class IndexDoor: Sendable {
    private let rule: SightRule
    private let index: VectorIndex
    private let store: any CacheStore
    private let promoting: any EntryPromoting
    private let storesPrompts: Bool
    private let window: NIOLockedValueBox<SightWindow>
    /// What the window holds, to be looked at without its lock.
    private let waiting = Atomic<Int>(0)
    private let promoted = Atomic<Int>(0)
    private let promotions: AsyncStream<Promotion>
    private let promotion: AsyncStream<Promotion>.Continuation

    /// An answer that is to be found by meaning from now on.
    private struct Promotion {
        let entry: EntryID
        let question: SightWindow.Held
    }

    /// Later ones wait for their next hit.
    private static let promotionsLimit = 256

    /// - Parameters:
    ///   - store: where the answers are read.
    ///   - promoting: lets them in.
    ///   - storesPrompts: whether questions stand there as they were asked.
    package init(
        _ rule: SightRule, index: VectorIndex, store: any CacheStore, promoting: any EntryPromoting,
        storesPrompts: Bool = true
    ) {
        self.rule = rule
        self.index = index
        self.store = store
        self.promoting = promoting
        self.storesPrompts = storesPrompts
        window = NIOLockedValueBox(SightWindow(rule))
        (promotions, promotion) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.promotionsLimit))
    }

    /// For metrics: what waits for its second sight, and what was let in after a hit.
    package var figures: (waiting: Int, promoted: Int) {
        (waiting.load(ordering: .relaxed), promoted.load(ordering: .relaxed))
    }

    /// Whether the vector of a question whose answer is to be stored may go into the index.
    func admits(_ vector: EntryVector, of request: AnalyzedRequest, question: String) -> Bool {
        guard let place = request.place else { return false }
        let partition = index.partition(place.partition)
        // What was let in stays: an answer made anew takes the place of the one before.
        if partition?.holds(place.entry) == true { return true }
        let needsSecond = (partition?.count ?? 0) >= rule.softLimit
        if !needsSecond, rule.confirmations <= 1 { return true }
        let like = alike(vector.embedding, in: place.partition, but: place.entry)
        let held = SightWindow.Held(
            partition: place.partition, vector: vector, question: question, tenant: request.labels.tenant,
            askers: [Self.asker(request)])
        return window.withLockedValue { window in
            defer { waiting.store(window.count, ordering: .relaxed) }
            return window.ask(place.entry, held, like: like, needsSecond: needsSecond)
        }
    }

    /// Notes an exact hit. Costs nothing while nothing waits, and never waits itself.
    package func hit(_ entry: EntryID, by request: AnalyzedRequest) {
        if waiting.load(ordering: .relaxed) == 0 { return }
        let question = window.withLockedValue { window in
            defer { waiting.store(window.count, ordering: .relaxed) }
            return window.hit(entry, by: Self.asker(request))
        }
        if let question { promotion.yield(Promotion(entry: entry, question: question)) }
    }

    /// Brings vectors to answers that are stored already, one after the other, until its task is cancelled. What is
    /// gone meanwhile stays gone.
    package func run() async {
        for await next in promotions {
            // What has become another name of an entry is found by meaning already.
            guard var entry = try? await store.load(
                next.entry, in: next.question.partition, of: next.question.tenant), entry.id == next.entry
            else { continue }
            entry.vector = next.question.vector
            let question = next.question.question
            entry.question = storesPrompts ? question : nil
            entry.features = storesPrompts ? nil : GuardFeatures(text: question).encoded
            guard (try? await promoting.promote(entry)) == true else { continue }
            promoted.add(1, ordering: .relaxed)
        }
    }

    /// Those that wait behind the same wall and mean the same.
    private func alike(_ vector: EmbeddingVector, in partition: PartitionID, but entry: EntryID) -> [EntryID] {
        if waiting.load(ordering: .relaxed) == 0 { return [] }
        let places = window.withLockedValue { $0.waiting(in: partition) }
        return places.compactMap { other, place in
            let isAlike = Self.cosine(vector.components.span, place.components.span) >= rule.likeness
            return isAlike && other != entry ? other : nil
        }
    }

    /// In eight lanes: one sum would wait for each of its additions.
    private static func cosine(_ one: Span<Float>, _ other: Span<Float>) -> Float {
        guard one.count == other.count else { return -1 }
        var lanes = SIMD8<Float>.zero
        let whole = one.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) {
            var (left, right) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            for lane in 0..<8 { (left[lane], right[lane]) = (one[start + lane], other[start + lane]) }
            lanes += left * right
        }
        var sum = lanes.sum()
        for index in whole..<one.count { sum += one[index] * other[index] }
        return sum
    }

    /// Callers that are not named count as one.
    private static func asker(_ request: AnalyzedRequest) -> UInt64 {
        request.labels.principal.map { FNV1a($0).value } ?? 0
    }
}

import GatewayCore

/// The questions that were asked once lately: pure. The last of them with their vectors, so that one in other words is
/// known again; how often the others were asked in a sketch, whose counts fade.
struct SightWindow {
    /// A question that waits for its second sight.
    struct Held {
        let partition: PartitionID
        let vector: EntryVector
        let question: String
        let tenant: TenantID
        /// Who asked it, each once and at most as many as are needed.
        var askers: [UInt64]
    }

    private let rule: SightRule
    private var held: [EntryID: Held] = [:]
    /// In the order in which they came; those that were let in stand here until their turn.
    private var order: [EntryID] = []
    private var next = 0
    private var sketch = FrequencySketch(keys: 4096)

    init(_ rule: SightRule) { self.rule = rule }

    var count: Int { held.count }

    /// What waits behind one wall, for a comparison outside of the lock.
    func waiting(in partition: PartitionID) -> [(entry: EntryID, vector: EmbeddingVector)] {
        held.compactMap { $1.partition == partition ? ($0, $1.vector.embedding) : nil }
    }

    /// Notes that a question was asked whose answer is to be stored.
    /// - Parameters:
    ///   - like: those that wait and mean the same.
    ///   - needsSecond: whether once is not enough.
    /// - Returns: whether its vector may go into the index now.
    mutating func ask(_ entry: EntryID, _ question: Held, like: [EntryID], needsSecond: Bool) -> Bool {
        let digest = Self.digest(entry)
        var question = question
        var isAgain = sketch.frequency(digest) > 0
        sketch.increment(digest, residents: rule.window)
        for known in [entry] + like {
            guard let before = held[known] else { continue }
            isAgain = true
            for asker in before.askers { add(asker, to: &question.askers) }
        }
        if isAgain || !needsSecond, question.askers.count >= rule.confirmations {
            held[entry] = nil
            for other in like { held[other] = nil }
            return true
        }
        hold(question, as: entry)
        return false
    }

    /// Notes that a question was asked whose answer is stored already.
    /// - Returns: what is to go into the index now; nil for nothing.
    mutating func hit(_ entry: EntryID, by asker: UInt64) -> Held? {
        guard var question = held[entry] else { return nil }
        add(asker, to: &question.askers)
        if question.askers.count >= rule.confirmations {
            held[entry] = nil
            return question
        }
        held[entry] = question
        return nil
    }

    private func add(_ asker: UInt64, to askers: inout [UInt64]) {
        if askers.count < rule.confirmations, !askers.contains(asker) { askers.append(asker) }
    }

    private mutating func hold(_ question: Held, as entry: EntryID) {
        if held.updateValue(question, forKey: entry) != nil { return }
        if order.count < rule.window {
            order.append(entry)
        } else {
            held[order[next]] = nil
            order[next] = entry
            next = (next + 1) % order.count
        }
    }

    private static func digest(_ entry: EntryID) -> UInt64 {
        var hash = FNV1a()
        for byte in entry.bytes { hash.add(byte) }
        return hash.value
    }
}

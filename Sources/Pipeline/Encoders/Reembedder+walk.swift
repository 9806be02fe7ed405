import Embedding
import GatewayCore
import SemanticCache

extension Reembedder {
    /// What a round has come upon.
    struct Round {
        /// Entries that only the encoder before found.
        var found = 0
        var written = 0
    }

    /// Looks through all entries and has the vectors of those changed that are the former encoder's.
    /// - Returns: nil when another replica has taken it over.
    /// - Throws: what the store or the encoder throws; the next walk goes on from the last step.
    func walk(from standing: ReembeddingStanding) async throws -> Round? {
        var cursor = standing.cursor
        var round = Round()
        let isFirst = standing.rounds == 0
        repeat {
            let step = try await store.step(of: move, from: cursor)
            round.found += step.entries.count
            for (outcome, count) in step.skipped {
                if outcome.stays { round.found += count }
                if isFirst { onOutcome(outcome, count) }
            }
            var entries = step.entries[...]
            while !entries.isEmpty {
                let batch = entries.prefix(size(of: entries))
                entries = entries.dropFirst(batch.count)
                guard try await change(batch, at: cursor, isFirst: isFirst, &round) else { return nil }
            }
            cursor = step.next
            guard try await store.advance(move, by: replica, to: cursor) else { return nil }
        } while cursor != "0"
        return round
    }

    /// How many entries have texts for one batch; one at least.
    private func size(of entries: ArraySlice<FormerEntry>) -> Int {
        var (count, texts) = (0, 0)
        for entry in entries {
            texts += entry.texts.count
            if count > 0, texts > pace.batch { break }
            count += 1
        }
        return count
    }

    /// - Returns: false when another replica has taken it over.
    private func change(
        _ entries: ArraySlice<FormerEntry>, at cursor: String, isFirst: Bool, _ round: inout Round
    ) async throws -> Bool {
        try await waitForRequests()
        let start = ContinuousClock.now
        let texts = entries.flatMap(\.texts)
        let vectors = try await vectors(of: Set(texts))
        for entry in entries {
            let own = entry.texts.compactMap { vectors[$0] }
            guard own.count == entry.texts.count else {
                if isFirst { onOutcome(.refused, 1) }
                continue
            }
            let isWritten = try await store.write(entry, own, of: move)
            if isWritten { round.written += 1 }
            onOutcome(isWritten ? .written : .changed, 1)
        }
        return try await rest(until: start + pace.time(of: texts.count), at: cursor)
    }

    /// Lets requests go first, but not for ever.
    private func waitForRequests() async throws {
        let end = ContinuousClock.now + .seconds(1)
        while pace.isBusy(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Keeps the pace, and the lease meanwhile.
    private func rest(until end: ContinuousClock.Instant, at cursor: String) async throws -> Bool {
        repeat {
            let left = ContinuousClock.now.duration(to: end)
            if left > .zero { try await Task.sleep(for: min(left, .seconds(5))) }
            guard try await store.advance(move, by: replica, to: cursor) else { return false }
        } while ContinuousClock.now < end
        return true
    }

    /// Those that the encoder refuses are left out.
    private func vectors(of texts: Set<String>) async throws -> [String: EmbeddingVector] {
        try await withThrowingTaskGroup(of: (String, EmbeddingVector?).self) { group in
            for text in texts { group.addTask { (text, try await self.vector(of: text)) } }
            var vectors: [String: EmbeddingVector] = [:]
            for try await (text, vector) in group { vectors[text] = vector }
            return vectors
        }
    }

    /// Nil for a text that it would refuse again.
    private func vector(of text: String) async throws(EmbeddingError) -> EmbeddingVector? {
        do throws(EmbeddingError) {
            return try await embedder.embed(text, within: deadlines)
        } catch {
            if error.code == .textTooLong || error.code == .remoteRefused { return nil }
            throw error
        }
    }
}

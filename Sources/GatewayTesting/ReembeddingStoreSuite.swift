package import GatewayCore
package import SemanticCache

/// What every store of moves between encoders must do. Begin each with empty stores.
package struct ReembeddingStoreSuite: Sendable {
    /// A guarantee that does not hold.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case grantsOne = "Of several replicas one does the work, and the others hear how far it is"
        case isOneForAll = "While one replica does a move, nobody does another one"
        case goesOn = "Another replica goes on where the one before has ended"
        case rests = "After a round nobody begins another one for a while"
        case forgets = "A move to an encoder ends what is known of a move away from it, and so does another aim"
        case finds = "Of all entries those of the former encoder are found, once each"
        case writes = "Vectors change and nothing else; who has the present encoder's is not found again"
        case keepsDeletion = "What was deleted or purged meanwhile stays so"
        case keepsNewer = "What was stored meanwhile is not replaced"

        package var description: String { rawValue }
    }

    private let moves: any ReembeddingStore
    private let store: any CacheStore
    private let samples = SampleEntries()
    private let move: EncoderMove

    package init(_ moves: any ReembeddingStore, over store: any CacheStore) {
        self.moves = moves
        self.store = store
        move = EncoderMove(from: samples.encoder, to: Self.present)
    }

    /// The encoder to which entries go.
    package static let present = EncoderIdentity(name: "next", fingerprint: "cafe", dimension: 16)

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .grantsOne: try await grantsOne()
        case .isOneForAll: try await isOneForAll()
        case .goesOn: try await goesOn()
        case .rests: try await rests()
        case .forgets: try await forgets()
        case .finds: try await finds()
        case .writes: try await writes()
        case .keepsDeletion: try await keepsDeletion()
        case .keepsNewer: try await keepsNewer()
        }
    }

    private func require(_ holds: Bool, _ message: @autoclosure () -> String, line: Int = #line) throws(Failure) {
        if !holds { throw Failure(description: "line \(line): \(message())") }
    }

    /// Everything of the former encoder that a round finds.
    private func found() async throws -> [FormerEntry] {
        var found: [FormerEntry] = []
        var cursor = "0"
        repeat {
            let step = try await moves.step(of: move, from: cursor)
            found += step.entries
            cursor = step.next
        } while cursor != "0"
        return found
    }

    private func grantsOne() async throws {
        let first = try await moves.claim(move, by: "a")
        try require(first == ReembeddingStanding(isMine: true), "the first one is granted: \(first)")
        try require(try await moves.advance(move, by: "a", to: "7"), "it is its own")
        let second = try await moves.claim(move, by: "b")
        try require(second == ReembeddingStanding(isMine: false, cursor: "7"), "the other only hears: \(second)")
        try require(try await !moves.advance(move, by: "b", to: "9"), "and changes nothing")
        let isEnded = try await moves.endRound(of: move, by: "b", isComplete: true, rest: nil)
        try require(!isEnded, "nor ends anything")
        let again = try await moves.claim(move, by: "a")
        try require(again == ReembeddingStanding(isMine: true, cursor: "7"), "who has it keeps it: \(again)")
    }

    private func isOneForAll() async throws {
        _ = try await moves.claim(move, by: "a")
        let back = try await moves.claim(EncoderMove(from: move.present, to: move.former), by: "b")
        try require(back == ReembeddingStanding(isMine: false), "not the way back meanwhile: \(back)")
    }

    private func goesOn() async throws {
        _ = try await moves.claim(move, by: "a")
        _ = try await moves.advance(move, by: "a", to: "7")
        // Ends the round as well: with a rest of hardly anything the work is anybody's.
        _ = try await moves.endRound(of: move, by: "a", isComplete: false, rest: .milliseconds(1))
        let next = try await claim(by: "b")
        try require(
            next == ReembeddingStanding(isMine: true, cursor: "0", rounds: 1), "another begins a round: \(next)")
        try require(try await moves.advance(move, by: "b", to: "5"), "it is its own")
        try require(try await !moves.advance(move, by: "a", to: "6"), "no longer the first one's")
    }

    /// Asks until the rest is over.
    private func claim(by replica: String) async throws -> ReembeddingStanding {
        while true {
            let standing = try await moves.claim(move, by: replica)
            if standing.isMine { return standing }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    private func rests() async throws {
        _ = try await moves.claim(move, by: "a")
        let isEnded = try await moves.endRound(of: move, by: "a", isComplete: true, rest: .seconds(60))
        try require(isEnded, "the round was its own")
        for replica in ["a", "b"] {
            let standing = try await moves.claim(move, by: replica)
            try require(
                standing == ReembeddingStanding(isMine: false, rounds: 1, isComplete: true), "it rests: \(standing)")
        }
        let other = EncoderMove(from: EncoderIdentity(name: "older", fingerprint: "1", dimension: 2), to: move.present)
        try require(try await moves.claim(other, by: "b").isMine, "another move need not wait for that")
    }

    private func forgets() async throws {
        _ = try await moves.claim(move, by: "a")
        _ = try await moves.endRound(of: move, by: "a", isComplete: true, rest: .milliseconds(1))
        let back = EncoderMove(from: move.present, to: move.former)
        try require(try await moves.claim(back, by: "a").isMine, "the way back can be gone")
        _ = try await moves.endRound(of: back, by: "a", isComplete: true, rest: .seconds(60))
        let again = try await moves.claim(move, by: "a")
        try require(again == ReembeddingStanding(isMine: true), "the move begins anew: \(again)")
        _ = try await moves.advance(move, by: "a", to: "7")
        let third = EncoderIdentity(name: "third", fingerprint: "1", dimension: 16)
        let aside = try await moves.claim(EncoderMove(from: move.former, to: third), by: "a")
        try require(aside == ReembeddingStanding(isMine: true), "another aim begins anew: \(aside)")
        try require(try await !moves.advance(move, by: "a", to: "8"), "and the one before has ended")
    }

    private func finds() async throws {
        for number in 0..<40 { try await store.save(samples.entry(number, in: UInt8(number % 5))) }
        for number in 40..<60 { try await store.save(samples.entry(number, encoder: Self.present)) }
        try await store.save(samples.bareEntry(60))
        let ids = try await found().map(\.entry.id)
        try require(Set(ids) == Set((0..<40).map(SampleEntries.id)), "the former encoder's")
        try require(ids.count == 40, "each once: \(ids.count)")
    }

    private func writes() async throws {
        let entry = samples.entry(7)
        try await store.save(entry)
        let found = try await found()
        try require(found.map(\.texts) == [["What is number 7?"]], "its question is found")
        for former in found {
            let isWritten = try await moves.write(former, [samples.vector(1)], of: move)
            try require(isWritten, "it is written")
            let isTwice = try await moves.write(former, [samples.vector(2)], of: move)
            try require(!isTwice, "once")
        }
        let kept = try await store.load(entry.id, in: entry.partition)
        try require(kept?.answer == entry.answer && kept?.expires == entry.expires, "the answer is the same")
        try require(kept?.created == entry.created && kept?.labels == entry.labels, "and all else")
        try require(try await self.found().isEmpty, "nothing is left")
    }

    private func keepsDeletion() async throws {
        let (deleted, purged) = (samples.entry(1), samples.entry(2))
        try await store.save(deleted)
        try await store.save(purged)
        let found = try await found()
        try require(found.count == 2, "both are found")
        try await store.delete(deleted.id, in: deleted.partition)
        _ = try await store.purge(.everything, of: .open)
        for former in found { _ = try await moves.write(former, [samples.vector(3)], of: move) }
        for entry in [deleted, purged] {
            try require(try await store.load(entry.id, in: entry.partition) == nil, "it is not served")
        }
    }

    private func keepsNewer() async throws {
        try await store.save(samples.entry(1))
        let found = try await found()
        let later = SampleEntries(encoder: samples.encoder, created: .now() + .seconds(60))
        try await store.save(later.entry(1, encoder: Self.present))
        for former in found {
            let isWritten = try await moves.write(former, [samples.vector(3)], of: move)
            try require(!isWritten, "it is another answer by now")
        }
        try require(found.count == 1, "one was found")
    }
}

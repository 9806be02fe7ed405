import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@Suite("Which questions are found by meaning", .timeLimit(.minutes(1)))
struct IndexDoorTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()

    private func door(
        softLimit: Int = 0, confirmations: Int = 1, window: Int = 4, index: VectorIndex? = nil,
        storesPrompts: Bool = true
    ) -> IndexDoor {
        var rule = SightRule()
        (rule.softLimit, rule.confirmations, rule.window) = (softLimit, confirmations, window)
        return IndexDoor(
            rule, index: index ?? VectorIndex(dimension: samples.encoder.dimension), store: store, promoting: store,
            storesPrompts: storesPrompts)
    }

    private func request(_ entry: Int, by user: String? = nil) throws -> AnalyzedRequest {
        let sample = try SampleRequests.request(entry: entry, question: "What is number \(entry)?")
        return AnalyzedRequest(
            request: sample.request, cacheability: .semantic, place: sample.place, directives: CacheDirectives(),
            labels: CacheLabels(principal: user))
    }

    private func write(
        _ entry: Int, _ door: IndexDoor, vector: Int? = nil, by user: String? = nil
    ) async throws -> WriteOutcome {
        let writer = CacheWriter(store: store, configuration: CacheConfiguration(), door: door)
        let vector = EntryVector(encoder: samples.encoder, embedding: samples.vector(vector ?? entry))
        return await writer.write(SampleRequests.answer(), to: try request(entry, by: user), vector: vector)
    }

    private func hasVector(_ entry: Int) async throws -> Bool {
        try await store.everything(of: samples.encoder).contains { $0.id == SampleEntries.id(entry) }
    }

    @Test("Below the soft limit every question is found by meaning; above it the answer is found by its own words")
    func softLimit() async throws {
        #expect(try await write(1, door(softLimit: 1)) == .stored)
        #expect(try await hasVector(1))
        #expect(try await write(2, door()) == .storedExact)
        #expect(try await !hasVector(2))
        let place = try #require(try request(2).place)
        #expect(try await store.load(place.entry, in: place.partition) != nil)
    }

    @Test("A question that is asked a second time goes in: in the same words, or in others that mean the same")
    func secondSight() async throws {
        let door = door()
        #expect(try await write(1, door) == .storedExact)
        #expect(try await write(1, door) == .stored)
        #expect(try await write(2, door) == .storedExact)
        #expect(try await write(3, door, vector: 2) == .stored)
        #expect(door.figures.waiting == 0)
    }

    @Test("A hit on an answer that waits brings its vector to it, once, and not to one that was deleted")
    func promotion() async throws {
        let door = door()
        _ = try await write(1, door)
        _ = try await write(2, door)
        try await store.delete(SampleEntries.id(2), in: SampleEntries.partition(1))
        let running = Task { await door.run() }
        defer { running.cancel() }
        for entry in [2, 1, 1] { door.hit(SampleEntries.id(entry), by: try request(entry)) }
        while door.figures.promoted == 0 { await Task.yield() }
        #expect(try await hasVector(1))
        #expect(try await !hasVector(2))
        #expect(door.figures.promoted == 1 && door.figures.waiting == 0)
    }

    @Test("Where no questions are stored, an answer is let in with what is compared of its question alone")
    func promptless() async throws {
        let door = door(storesPrompts: false)
        _ = try await write(1, door)
        let running = Task { await door.run() }
        defer { running.cancel() }
        door.hit(SampleEntries.id(1), by: try request(1))
        while door.figures.promoted == 0 { await Task.yield() }
        let found = try await store.everything(of: samples.encoder)
        #expect(found.map(\.question) == [nil])
        #expect(found.map(\.features) == [GuardFeatures(text: "What is number 1?").encoded])
    }

    @Test("What stands in the index stays there when it is made anew, and makes no new place by it")
    func staying() async throws {
        let index = VectorIndex(dimension: samples.encoder.dimension)
        try await store.save(samples.entry(1))
        for entry in try await store.everything(of: samples.encoder) { index.add(entry) }
        let door = door(index: index)
        #expect(try await write(1, door) == .stored)
        #expect(try await write(2, door) == .storedExact)
    }

    @Test("The window is bounded; who falls out is remembered by the sketch")
    func window() async throws {
        let door = door(window: 4)
        for entry in 1...9 { #expect(try await write(entry, door) == .storedExact) }
        #expect(door.figures.waiting == 4)
        #expect(try await write(1, door) == .stored)
    }

    @Test("With confirmations so many different callers must have asked, wherever the index stands")
    func confirmations() async throws {
        let door = door(softLimit: 100, confirmations: 3)
        #expect(try await write(1, door, by: "ann") == .storedExact)
        #expect(try await write(1, door, by: "ann") == .storedExact)
        #expect(try await write(2, door, vector: 1, by: "bob") == .storedExact)
        #expect(try await write(2, door, vector: 1, by: "bob") == .storedExact)
        #expect(try await write(3, door, vector: 1, by: "eve") == .stored)
    }
}

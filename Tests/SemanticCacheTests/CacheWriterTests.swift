import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@Suite("Writing answers back")
struct CacheWriterTests {
    private let samples = SampleEntries()
    private let clock = SettableClock(UnixTime(milliseconds: 1_000_000))

    private func writer(_ store: some CacheStore) -> CacheWriter {
        var configuration = CacheConfiguration()
        configuration.timeToLive = .seconds(60)
        configuration.freshness.jitter = 0
        configuration.freshness.staleIfError = .zero
        let clock = clock
        return CacheWriter(store: store, configuration: configuration) { clock.now }
    }

    private func stored(_ request: AnalyzedRequest, in store: InMemoryCacheStore) async throws -> StoredEntry? {
        let place = try #require(request.place)
        return try await store.load(place.entry, in: place.partition)
    }

    private var vector: EntryVector { EntryVector(encoder: samples.encoder, embedding: samples.vector(1)) }

    @Test("An answer is stored whole, with its life fixed at its creation")
    func stored() async throws {
        let (clock, request) = (clock, try SampleRequests.request())
        let store = InMemoryCacheStore { clock.now }
        let answer = SampleRequests.answer()
        #expect(await writer(store).write(answer, to: request, vector: vector) == .stored)
        for _ in 0..<3 {
            let entry = try #require(try await stored(request, in: store))
            #expect(entry.answer == answer.json && entry.model == "m-1" && entry.usage == answer.usage)
            #expect(entry.question == "What is number 1?")
            #expect(entry.created == UnixTime(milliseconds: 1_000_000))
            #expect(entry.expires == UnixTime(milliseconds: 1_060_000))
            clock.advance(by: .seconds(20) - .milliseconds(1))
        }
        clock.advance(by: .milliseconds(3))
        #expect(try await stored(request, in: store) == nil)
    }

    @Test("A request that is only matched whole leaves neither its question nor a vector behind")
    func exactOnly() async throws {
        let (clock, request) = (clock, try SampleRequests.request(cacheability: .exactOnly))
        let store = InMemoryCacheStore { clock.now }
        #expect(await writer(store).write(SampleRequests.answer(), to: request, vector: vector) == .stored)
        let entry = try #require(try await stored(request, in: store))
        #expect(entry.question == nil)
        #expect(entry.vector == nil)
    }

    @Test("Where prompts are not kept the guard's features stand for the question, and find it all the same")
    func withoutPrompts() async throws {
        let (clock, request) = (clock, try SampleRequests.request())
        let store = InMemoryCacheStore { clock.now }
        var configuration = CacheConfiguration()
        configuration.storesPrompts = false
        let writer = CacheWriter(store: store, configuration: configuration) { clock.now }
        #expect(await writer.write(SampleRequests.answer(), to: request, vector: vector) == .stored)
        let entry = try #require(try await stored(request, in: store))
        #expect(entry.question == nil)
        #expect(entry.features == GuardFeatures(text: "What is number 1?").encoded)
        let mirrored = try await store.mirrored([(entry.id, entry.partition)], encoder: samples.encoder)
        #expect(mirrored.first?.features == entry.features)
    }

    @Test("A question that could not be embedded is stored without a vector")
    func noVector() async throws {
        let (clock, request) = (clock, try SampleRequests.request())
        let store = InMemoryCacheStore { clock.now }
        #expect(await writer(store).write(SampleRequests.answer(), to: request, vector: nil) == .stored)
        #expect(try await stored(request, in: store)?.vector == nil)
        #expect(try await store.everything(of: samples.encoder).isEmpty)
    }

    @Test("What admission refuses is not stored, and a store that is away is said to be")
    func notStored() async throws {
        let (clock, request) = (clock, try SampleRequests.request())
        let store = InMemoryCacheStore { clock.now }
        let cut = SampleRequests.answer(finish: ["length"])
        #expect(await writer(store).write(cut, to: request, vector: vector) == .truncated)
        #expect(try await stored(request, in: store) == nil)
        let away = ScriptedStore(store, isAway: true)
        #expect(await writer(away).write(SampleRequests.answer(), to: request, vector: vector) == .storeDown)
    }
}

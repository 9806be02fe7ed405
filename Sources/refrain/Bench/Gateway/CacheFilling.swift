import Embedding
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import RequestAnalysis
import SemanticCache

/// Puts the answers into Redis that the legs find: real questions with their vectors, and for the large partition as
/// many random ones as are asked for, which cost a scan what real ones do.
struct CacheFilling {
    private let configuration: GatewayConfiguration
    private let analyzer: RequestAnalyzer

    /// Commands in flight.
    private static let width = 256

    init(configuration: GatewayConfiguration) {
        self.configuration = configuration
        analyzer = RequestAnalyzer(configuration: configuration.analysis)
    }

    func run(entries: Int) async throws {
        var redisConfiguration = configuration.redis
        redisConfiguration.commandTimeout = .seconds(30)
        let redis = try RedisClient(
            configuration: redisConfiguration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        redis.start()
        let store = RedisCacheStore(redis: redis)
        guard let service = try EmbeddingService.make(configuration.embedding, transport: nil) else {
            throw BenchError("no encoder")
        }
        do {
            let vectors = try await embed(Questions.base, with: service.embedder)
            let identity = service.embedder.identity
            for model in [GatewayLegs.smallModel, GatewayLegs.largeModel] {
                try await save(Questions.base.indices, to: store) { number in
                    let vector = EntryVector(encoder: identity, embedding: vectors[number])
                    return try entry(Questions.base[number], model: model, vector)
                }
            }
            try await save(0..<max(entries - Questions.base.count, 0), to: store) { number in
                try entry(
                    Questions.unrelated(-1 - number), model: GatewayLegs.largeModel,
                    EntryVector(encoder: identity, embedding: Self.randomVector(number, identity.dimension)))
            }
        } catch {
            await redis.shutdown()
            await service.close()
            throw error
        }
        await redis.shutdown()
        await service.close()
    }

    private func embed(_ texts: [String], with embedder: some Embedder) async throws -> [EmbeddingVector] {
        try await withThrowingTaskGroup(of: (Int, EmbeddingVector).self) { group in
            var vectors = [EmbeddingVector](repeating: EmbeddingVector(unit: []), count: texts.count)
            for (index, text) in texts.enumerated() {
                if index >= Self.width, let (done, vector) = try await group.next() { vectors[done] = vector }
                group.addTask { (index, try await embedder.embed(text)) }
            }
            for try await (done, vector) in group { vectors[done] = vector }
            return vectors
        }
    }

    private func save(
        _ numbers: Range<Int>, to store: RedisCacheStore, _ entry: (Int) throws -> StoredEntry
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in numbers {
                if number - numbers.lowerBound >= Self.width { _ = try await group.next() }
                let entry = try entry(number)
                group.addTask { try await store.save(entry) }
            }
            try await group.waitForAll()
        }
    }

    private func entry(_ question: String, model: String, _ vector: EntryVector) throws -> StoredEntry {
        let request = try analyzer.parse(ByteBuffer(string: GatewayLegs.body(model: model, question: question)))
        let analyzed = try analyzer.analyze(
            request, headers: CallerHeaders(), scope: CacheScope(tenant: TenantID("default"), namespace: ""),
            modelClass: model)
        guard let place = analyzed.place else { throw BenchError("a question has no place in the cache") }
        let created = UnixTime.now()
        return StoredEntry(
            id: place.entry, partition: place.partition, question: question, answer: Self.answer(model),
            model: model, usage: TokenUsage(promptTokens: 12, completionTokens: 30), created: created,
            expires: created + .seconds(24 * 3600), vector: vector)
    }

    /// As long as the mock's.
    private static func answer(_ model: String) -> ByteBuffer {
        let text = String(repeating: "Open your account and choose it there. ", count: 4)
        let message = #"{"role":"assistant","content":"\#(text)","refusal":null}"#
        return ByteBuffer(
            string: """
                {"id":"bench","object":"chat.completion","created":1,"model":"\(model)","choices":\
                [{"index":0,"message":\(message),"logprobs":null,"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":12,"completion_tokens":30,"total_tokens":42}}
                """)
    }

    /// A direction drawn for `seed`. Between two of them the cosine is near 0.
    static func randomVector(_ seed: Int, _ dimension: Int) -> EmbeddingVector {
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        var components = (0..<dimension).map { _ -> Float in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 23) - 1
        }
        let norm = components.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for index in components.indices { components[index] /= norm }
        return EmbeddingVector(unit: components)
    }
}

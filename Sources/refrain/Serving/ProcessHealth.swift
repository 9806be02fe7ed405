import GatewayHTTP
import NIOConcurrencyHelpers
import Pipeline
import RedisClient
import SemanticCache
import ServiceLifecycle

/// Takes requests when the encoder has been checked, so that a replica's first requests find what is stored. Redis or a
/// service that does not answer holds it up for a moment only.
struct CheckedServer: Service {
    let server: GatewayServer
    /// Nil without an encoder.
    let check: EncoderCheck?

    func run() async throws {
        await check?.settle(within: .seconds(1))
        try await server.run()
    }
}

/// What `/readyz` tells.
final class ProcessHealth: GatewayHealth, Service {
    private let redis: RedisClient
    private let similarity: SimilaritySearch
    /// How it was at the start.
    private let loaded: EncoderHealth
    private let check: EncoderCheck?
    private let isDraining = NIOLockedValueBox(false)

    init(redis: RedisClient, similarity: SimilaritySearch, encoder: EncoderHealth, check: EncoderCheck?) {
        self.redis = redis
        self.similarity = similarity
        self.check = check
        loaded = encoder
    }

    var encoder: EncoderHealth {
        switch check?.gate.standing {
        case .unchecked: .unchecked
        case .mismatched: .mismatched
        case .sound, nil: loaded
        }
    }

    var isReady: Bool { !isDraining.withLockedValue { $0 } }
    var isStoreUp: Bool { redis.isConnected }
    /// Without an encoder there is nothing to mirror.
    var isMirrorComplete: Bool { similarity.mirror?.isComplete ?? true }
    var mirroredEntries: Int { similarity.index.count }

    /// Waits for the shutdown, from which on no request should be sent here.
    func run() async throws {
        try? await gracefulShutdown()
        isDraining.withLockedValue { $0 = true }
    }
}

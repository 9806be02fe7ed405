import GatewayConfig
import GatewayCore
import Logging
import Pipeline
import Policy
import RedisClient
import RedisStores
import SemanticCache

extension AdminDesk {
    /// Nil where operators have no key.
    init?(
        _ configuration: GatewayConfiguration, _ pipeline: Pipeline, _ store: AnswerStore, _ redis: RedisClient,
        _ similarity: SimilaritySearch, _ encoder: EncoderStage?, _ logger: Logger
    ) {
        guard let key = configuration.policy.adminKey else { return nil }
        self.init(
            door: AdminDoor(key: key), directory: pipeline.directory, analyzer: pipeline.analyzer, store: store.front,
            catalog: RedisEntryCatalog(redis: redis, store: store.redis),
            search: LikenessSearch(index: similarity.index, scanner: similarity.scanner),
            encoder: configuration.cache.mode == .semantic ? encoder : nil, bound: configuration.cache.l1Staleness,
            recorder: pipeline.recorder, logger: logger)
    }
}

import Embedding
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
        _ configuration: GatewayConfiguration, _ pipeline: Pipeline, _ redis: RedisClient, _ cache: CacheParts,
        _ encoder: EncoderStage?, _ logger: Logger
    ) {
        let (store, similarity) = (cache.store, cache.similarity)
        guard let key = configuration.policy.adminKey else { return nil }
        let isSemantic = configuration.cache.mode == .semantic
        let catalog = RedisEntryCatalog(redis: redis, store: store.redis)
        self.init(
            door: AdminDoor(key: key), directory: pipeline.directory, analyzer: pipeline.analyzer, store: store.front,
            catalog: catalog, reader: catalog,
            curated: CuratedDesk(
                store: store.redis, embedder: isSemantic ? cache.bulk : nil,
                configuration: configuration.cache, onChanged: store.forgetting),
            search: LikenessSearch(index: similarity.index, scanner: similarity.scanner),
            encoder: isSemantic ? encoder : nil, former: cache.former?.desk,
            bound: configuration.cache.l1Staleness, recorder: pipeline.recorder, logger: logger)
    }
}

extension AnswerStore {
    /// Drops from this replica's memory what was changed in Redis beside it; nil where nothing is held.
    fileprivate var forgetting: (@Sendable (EntryID, PartitionID) -> Void)? {
        guard let hot else { return nil }
        return { entry, partition in hot.follow(.deleted(entry, partition)) }
    }
}

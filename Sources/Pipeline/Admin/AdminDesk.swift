package import GatewayCore
package import Logging
import NIOCore
package import Policy
package import RequestAnalysis
package import SemanticCache
package import Telemetry

/// What operators ask of a gateway. Each request is one method in a file of its own.
package struct AdminDesk: Sendable {
    package let door: AdminDoor
    let directory: TenantDirectory
    let analyzer: RequestAnalyzer
    let store: any CacheStore
    let catalog: any EntryCatalog
    let reader: any EntryReader
    let curated: CuratedDesk
    let search: LikenessSearch
    /// Nil where no question has a vector.
    let encoder: EncoderStage?
    /// Nil where there was no other encoder before.
    let former: FormerDesk?
    /// For how long replicas may serve from memory what is forgotten.
    let bound: Duration
    let recorder: Recorder
    let logger: Logger
    let now: @Sendable () -> UnixTime

    package init(
        door: AdminDoor, directory: TenantDirectory, analyzer: RequestAnalyzer, store: any CacheStore,
        catalog: any EntryCatalog, reader: any EntryReader, curated: CuratedDesk, search: LikenessSearch,
        encoder: EncoderStage?, former: FormerDesk? = nil, bound: Duration, recorder: Recorder, logger: Logger,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.door = door
        self.directory = directory
        self.analyzer = analyzer
        self.store = store
        self.catalog = catalog
        self.reader = reader
        self.curated = curated
        self.search = search
        self.encoder = encoder
        self.former = former
        self.bound = bound
        self.recorder = recorder
        self.logger = logger
        self.now = now
    }

    func check(_ tenant: TenantID) throws(GatewayError) {
        guard directory.knows(tenant) else {
            throw GatewayError(.notFound, "there is no tenant '\(tenant)'", parameter: "tenant")
        }
    }

    /// Runs what needs the store.
    /// - Throws: `overloaded` when it does not answer: whether it has done what it was asked is then not known.
    func asking<Value>(
        _ body: () async throws(CacheStoreError) -> Value
    ) async throws(GatewayError) -> Value {
        do throws(CacheStoreError) {
            return try await body()
        } catch {
            logger.warning("an operator's request failed at the store", metadata: ["reason": "\(error)"])
            throw GatewayError(.overloaded, "the store does not answer; ask again", retryAfter: .seconds(1))
        }
    }
}

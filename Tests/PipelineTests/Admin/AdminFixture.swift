import Embedding
import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Policy
import RequestAnalysis
import SemanticCache
import Telemetry

@testable import Pipeline

/// An operator's desk over a store in memory, with hot answers in front of it, and an index that tests fill.
struct AdminFixture {
    let store: CuratedMemory
    let hot: HotTier
    let index: VectorIndex
    /// Of the encoder before.
    let formerIndex: VectorIndex
    let isFormerOver: NIOLockedValueBox<Bool>
    let desk: AdminDesk
    private let scanner: VectorScanner

    static func run(
        embedder: (any Embedder)? = nil, _ body: (AdminFixture) async throws -> Void
    ) async throws {
        let fixture = AdminFixture(embedder)
        defer { fixture.scanner.shutdown() }
        try await body(fixture)
    }

    private init(_ embedder: (any Embedder)?) {
        store = CuratedMemory()
        let hot = HotTier(store, byteLimit: 1 << 20, staleness: .seconds(3600))
        self.hot = hot
        index = VectorIndex(dimension: 16)
        formerIndex = VectorIndex(dimension: 16)
        scanner = VectorScanner(dimension: 16, queueLimit: 64)
        let isOver = NIOLockedValueBox(false)
        isFormerOver = isOver
        let lines = LogLines()
        desk = AdminDesk(
            door: AdminDoor(key: Secret("operator")),
            directory: TenantDirectory(configuration: PolicyConfiguration()),
            analyzer: RequestAnalyzer(configuration: RequestAnalysisConfiguration()), store: hot, catalog: store,
            reader: store,
            curated: CuratedDesk(
                store: store, embedder: embedder, configuration: CacheConfiguration(),
                onChanged: { entry, partition in hot.follow(.deleted(entry, partition)) }),
            search: LikenessSearch(index: index, scanner: scanner),
            encoder: EncoderStage(embedder: FakeEncoder(), deadline: .seconds(30)),
            former: FormerDesk(
                name: SampleEntries().encoder, encoder: EncoderStage(embedder: FakeEncoder(), deadline: .seconds(30)),
                search: LikenessSearch(index: formerIndex, scanner: scanner),
                isOver: { isOver.withLockedValue { $0 } }),
            bound: .seconds(3600),
            recorder: Recorder(instruments: Instruments(factory: PrometheusRegistry()), logger: lines.logger),
            logger: lines.logger)
    }

    /// Stores entries and mirrors them, `degrees` away from what ``FakeEncoder`` makes of the text `0`.
    /// - Parameter isFormer: for the encoder before.
    func fill(
        _ numbers: Range<Int>, in partition: UInt8, degrees: Int, isCurated: Bool = false, isFormer: Bool = false
    ) {
        let samples = SampleEntries()
        for number in numbers {
            var entry = samples.entry(number, in: partition)
            if isCurated { entry.curation = Curation(answer: "answer \(number)") }
            store.save(entry)
            let mirror = isFormer ? formerIndex : index
            mirror.add(
                MirroredEntry(
                    id: entry.id, partition: entry.partition, question: "What is number \(number)?",
                    expires: entry.expires, embedding: FakeEncoder.vector("\(degrees)"),
                    owner: PartitionOwner(tenant: .open, namespace: "")))
        }
    }
}

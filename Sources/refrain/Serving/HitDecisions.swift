import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import Pipeline
import RedisClient
import RedisStores
import Routing
import SemanticCache

/// What decides about hits under an error budget, put together for one encoder.
struct HitDecisions {
    let desk: DecisionDesk
    /// Shares what is learned with the fleet.
    let link: EvidenceLink
    private let store: AnswerStore

    /// Nil where similar questions are not looked for, or all are judged by a threshold.
    /// - Throws: `noCalibration` where nothing is known of the encoder's cosines, `malformed` for a file that cannot be
    ///   read.
    init?(
        _ configuration: GatewayConfiguration, encoder: Encoder, store: AnswerStore, redis: RedisClient, logger: Logger
    ) throws(CalibrationError) {
        guard configuration.cache.mode == .semantic, encoder.embedder != nil, configuration.usesBudget else {
            return nil
        }
        let calibration = try Self.table(configuration.cache.calibrations).calibration(for: encoder.identity)
        desk = DecisionDesk(calibration: calibration, onDrift: { space in
            logger.warning(
                "stored answers have become wrong more often than expected: only what was proven before is served",
                metadata: [
                    "tenant": "\(space.owner.tenant)", "namespace": "\(space.owner.namespace)",
                    "route": "\(space.route)",
                ])
        })
        link = EvidenceLink(
            desk: desk, store: RedisEvidenceStore(redis: redis, encoder: encoder.identity),
            replica: RequestID().description)
        self.store = store
    }

    /// Learns from fresh answers; nil without an encoder.
    func labels(encoder: EncoderStage?, audits: AuditDesk?) -> FreeLabels? {
        encoder.map {
            FreeLabels(desk: desk, store: store.front, groups: store.redis, encoder: $0, audits: audits)
        }
    }

    /// What comes with the program, and what the file adds or replaces.
    private static func table(_ path: String?) throws(CalibrationError) -> CalibrationTable {
        var table = CalibrationTable.shipped
        guard let path else { return table }
        let text: String
        do {
            text = try TextFile.contents(of: path)
        } catch {
            throw CalibrationError(.malformed, "cache.calibrations: \(path) cannot be read: \(error)")
        }
        for row in try CalibrationTable(json: ByteBuffer(string: text)).rows { table.set(row) }
        return table
    }
}

extension GatewayConfiguration {
    /// Whether any request's hits are judged by a budget.
    fileprivate var usesBudget: Bool {
        if case .budget = cache.standards.usual { return true }
        return routing.routes.contains { $0.maxWrongHits != nil }
    }
}

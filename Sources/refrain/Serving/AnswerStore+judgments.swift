import GatewayCore
import Logging
import Pipeline
import RedisStores
import SemanticCache

extension AnswerStore {
    /// Acts on judgments of answers that were served from here.
    func judgments(_ desk: DecisionDesk?, _ logger: Logger) -> HitJudgments {
        HitJudgments(store: front, accusations: redis, desk: desk, logger: logger, onVeto: onVeto)
    }

    /// Is told of entries that were kept from a question here.
    var onVeto: @Sendable (EntryID, PartitionID) -> Void {
        { [hot] entry, partition in hot?.follow(.vetoed(entry, partition)) }
    }
}

import GatewayCore
import NIOConcurrencyHelpers

/// The partitions where an answer was met that entries share. A hit there asks by a script, which goes from the entry
/// to the answer on the server; everywhere else it asks by `HMGET`, which costs Redis a tenth of that.
final class SharingPartitions: Sendable {
    /// When there are more they are all forgotten, and met again.
    private static let limit = 4096

    private let partitions = NIOLockedValueBox<Set<PartitionID>>([])

    func contains(_ partition: PartitionID) -> Bool { partitions.withLockedValue { $0.contains(partition) } }

    func insert(_ partition: PartitionID) {
        partitions.withLockedValue { partitions in
            if partitions.count >= Self.limit { partitions.removeAll() }
            partitions.insert(partition)
        }
    }
}

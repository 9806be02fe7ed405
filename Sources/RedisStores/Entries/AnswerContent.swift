import Crypto
import GatewayCore
import NIOCore

/// Names what a large answer says: 16 bytes of a digest over its partition and its `choices`. Entries with equal
/// contents share one stored answer.
struct AnswerContent: Equatable {
    let bytes: [UInt8]

    /// Nil unless there are exactly 16 bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// - Parameter seal: keys the digest, so that nobody without the key can test what an answer says.
    init(of choices: ByteBuffer, in partition: PartitionID, seal: EntrySeal?) {
        let parts = [partition.bytes, Array(choices.readableBytesView)]
        if let seal {
            bytes = Array(seal.digest(parts).prefix(16))
        } else {
            var digest = SHA256()
            for part in parts { digest.update(data: part) }
            bytes = Array(digest.finalize().prefix(16))
        }
    }

    /// As it stands in keys.
    var name: String { Hexadecimal.encode(bytes) }
}

import Crypto
import GatewayCore

/// Makes the keyed digests under which answers stand.
struct CacheKeys: Sendable {
    /// Members that cannot change an answer, or that are given to the digest by themselves (`model`).
    static let ignoredMembers: Set<String> = [
        "model", "user", "metadata", "stream", "stream_options", "store", "service_tier", "safety_identifier",
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options",
    ]

    /// Stands where the question stood; as no string of a request can be this JSON, nothing can imitate it.
    private static let placeholder: StaticString = "{\"?\":}"

    private let key: SymmetricKey
    private let epoch: Int

    init(secret: Secret, epoch: Int) {
        self.key = SymmetricKey(data: Array(secret.exposed.utf8))
        self.epoch = epoch
    }

    /// Digest of everything that must be equal before similarity may act.
    func partition(of request: ChatRequest, scope: CacheScope, modelClass: String) -> PartitionID {
        var canonical = JSONCanonical(replacing: request.question?.element, with: Self.placeholder)
        canonical.append(request.document.root, omitting: Self.ignoredMembers)
        var digest = HMAC<SHA256>(key: key)
        for part in ["partition", scope.tenant.description, scope.namespace, modelClass, String(epoch)] {
            digest.update(part)
        }
        digest.update(data: canonical.bytes)
        guard let partition = PartitionID(bytes: Array(digest.finalize())) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return partition
    }

    /// Digest of the partition and the question in its folded form; requests without a question have one entry
    /// for themselves, as then nothing was taken out of the partition.
    func entry(partition: PartitionID, question: String?) -> EntryID {
        var digest = HMAC<SHA256>(key: key)
        digest.update("entry")
        digest.update(data: partition.bytes)
        if let question { digest.update(QuestionFolding.fold(question)) }
        guard let entry = EntryID(bytes: Array(digest.finalize().prefix(16))) else {
            preconditionFailure("16 of 32 bytes were taken")
        }
        return entry
    }
}

extension HMAC<SHA256> {
    /// Adds a text with its length, so that no two lists of texts give the same bytes.
    fileprivate mutating func update(_ text: String) {
        let bytes = Array(text.utf8)
        let length = UInt64(bytes.count)
        update(data: (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) })
        update(data: bytes)
    }
}

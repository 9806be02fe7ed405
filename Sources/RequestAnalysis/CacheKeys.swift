import Crypto
import GatewayCore
import NIOCore

/// Makes the keyed digests under which answers stand.
struct CacheKeys: Sendable {
    /// Members that cannot change an answer, or that are given to the digest by themselves (`model`).
    static let ignoredMembers: Set<String> = [
        "model", "user", "metadata", "stream", "stream_options", "store", "service_tier", "safety_identifier",
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options",
    ]
    /// Two names of the limit of tokens, of which either is given to the digest by itself: what one dialect spells the
    /// one way, another one spells the other way.
    private static let limits = ["max_completion_tokens", "max_tokens"]
    private static let omitted = ignoredMembers.union(limits)

    /// Stands where the question stood; as no string of a request can be this JSON, nothing can imitate it.
    private static let placeholder: StaticString = "{\"?\":}"

    /// With the key taken in: each digest goes on from a copy.
    private let keyed: HMAC<SHA256>
    private let epoch: Int

    init(secret: Secret, epoch: Int) {
        self.keyed = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.exposed.utf8)))
        self.epoch = epoch
    }

    /// - Parameter question: what is asked, where it is not the request's own question.
    func place(
        of request: ChatRequest, scope: CacheScope, modelClass: String, wall: CacheWall = CacheWall(),
        asking question: String? = nil
    ) -> CachePlace {
        let partition = partition(of: request, scope: scope, modelClass: modelClass, wall: wall)
        return CachePlace(
            partition: partition, entry: entry(partition: partition, question: question ?? request.question?.text))
    }

    /// Digest of everything that must be equal before similarity may act.
    func partition(
        of request: ChatRequest, scope: CacheScope, modelClass: String, wall: CacheWall = CacheWall()
    ) -> PartitionID {
        var message = DigestMessage(capacity: 256 + request.document.text.readableBytes)
        message.append("partition")
        message.append(scope.tenant.description)
        message.append(scope.namespace)
        message.append(modelClass)
        message.append(String(epoch))
        // With its length in front: the JSON that follows begins with a brace, so neither can pass for the other.
        if let template = request.template { message.append("template \(template)") }
        for limit in Self.limits(of: request.document.root) { message.append("limit \(limit)") }
        if let user = wall.user { message.append("user \(user)") }
        if wall.isCallersQuestion { message.append("asked by its caller") }
        var canonical = JSONCanonical(
            behind: message.bytes, replacing: request.question?.element, with: Self.placeholder,
            dropping: wall.history)
        canonical.append(request.document.root, omitting: Self.omitted)
        if let own = request.ownWords {
            // Behind a whole JSON value, so neither can pass for a part of the other.
            canonical = JSONCanonical(behind: canonical.bytes, replacing: own.question, with: Self.placeholder)
            canonical.append(own.root, omitting: own.ignored)
        }
        guard let partition = PartitionID(bytes: digest(of: canonical.bytes)) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return partition
    }

    /// The limits a request names, in one spelling: one where both names say the same.
    private static func limits(of root: JSONElement) -> [String] {
        var found: [String] = []
        for name in limits {
            guard let limit = root[name], !limit.isNull else { continue }
            var canonical = JSONCanonical()
            canonical.append(limit)
            let text = String(decoding: canonical.bytes, as: UTF8.self)
            if !found.contains(text) { found.append(text) }
        }
        return found
    }

    /// Digest of the partition and the question in its folded form; requests without a question have one entry
    /// for themselves, as then nothing was taken out of the partition.
    func entry(partition: PartitionID, question: String?) -> EntryID {
        var message = DigestMessage(capacity: 64 + (question?.utf8.count ?? 0))
        message.append("entry")
        message.append(partition.bytes)
        if let question { message.append(QuestionFolding.fold(question)) }
        guard let entry = EntryID(bytes: Array(digest(of: message.bytes).prefix(16))) else {
            preconditionFailure("16 of 32 bytes were taken")
        }
        return entry
    }

    /// Digest of several texts, of which none can pass for a part of another.
    func digest(_ texts: String...) -> [UInt8] {
        var message = DigestMessage(capacity: 64)
        for text in texts { message.append(text) }
        return digest(of: message.bytes)
    }

    private func digest(of message: [UInt8]) -> [UInt8] {
        var code = keyed
        code.update(data: message)
        return unsafe code.finalize().withUnsafeBytes { unsafe Array($0) }
    }
}

/// What a digest is made of, in one piece.
private struct DigestMessage {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Adds a text with its length, so that no two lists of texts give the same bytes.
    mutating func append(_ text: String) {
        let length = UInt64(text.utf8.count)
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds bytes of a fixed length.
    mutating func append(_ fixed: [UInt8]) { bytes.append(contentsOf: fixed) }
}

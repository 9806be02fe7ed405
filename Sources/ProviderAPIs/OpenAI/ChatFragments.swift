internal import GatewayCore
internal import NIOCore

/// A `chat.completion` put together from its chunks: the same object the provider would have sent without a stream.
///
/// Texts are joined as they were written, without decoding them, so nothing can change on the way.
struct ChatFragments: Sendable {
    private var envelope = FragmentedObject()
    private var choices: [Int: ChoiceFragments] = [:]
    private var usage: FragmentedValue?

    /// Members that only chunks have, or have otherwise.
    private static let ofChunks = ["choices", "object", "obfuscation", "error"]

    /// About the length of ``json``.
    var byteCount: Int {
        choices.values.reduce(envelope.byteCount + (usage?.byteCount ?? 0) + 32) { $0 + $1.byteCount }
    }

    /// Adds a chunk. Returns false when it is too much to keep.
    mutating func merge(_ root: JSONElement, _ parts: [StreamChoice]) -> Bool {
        for member in root.members {
            if Self.ofChunks.contains(where: { member.hasName($0) }) { continue }
            if member.hasName("usage") {
                if !member.value.isNull { usage = FragmentedValue(member.value) }
            } else {
                envelope.keepFirst(member)
            }
        }
        for part in parts {
            guard choices[part.index, default: ChoiceFragments(index: part.index)].merge(part) else { return false }
        }
        return true
    }

    /// The object so far.
    var json: ByteBuffer {
        var output = ByteBufferAllocator().buffer(capacity: byteCount)
        output.writeStaticString("{")
        envelope.writeMembers(to: &output)
        if !envelope.isEmpty { output.writeStaticString(",") }
        output.writeStaticString(#""object":"chat.completion","#)
        output.writeStaticString(#""choices":["#)
        var isFirst = true
        for (_, choice) in choices.sorted(by: { $0.key < $1.key }) {
            if !isFirst { output.writeStaticString(",") }
            isFirst = false
            choice.write(to: &output)
        }
        output.writeStaticString("]")
        if let usage {
            output.writeStaticString(#","usage":"#)
            usage.write(to: &output)
        }
        output.writeStaticString("}")
        return output
    }
}

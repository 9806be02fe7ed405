internal import GatewayCore
internal import NIOCore

/// A `chat.completion` put together from its chunks: the same object the provider would have sent without a stream.
///
/// Texts are joined as they were written, without decoding them, so nothing can change on the way.
struct ChatFragments: Sendable {
    private var envelope = FragmentedObject()
    private var choices: [Int: ChoiceFragments] = [:]
    private var usage: FragmentedValue?

    /// About the length of ``json``.
    var byteCount: Int {
        choices.values.reduce(envelope.byteCount + (usage?.byteCount ?? 0) + 32) { $0 + $1.byteCount }
    }

    /// Adds a chunk. Returns false when it is too much to keep.
    mutating func merge(_ chunk: StreamChunk) -> Bool {
        for (name, value) in chunk.envelope { envelope.keepFirst(name, value) }
        if let counted = chunk.usage { usage = FragmentedValue(counted) }
        for choice in chunk.choices {
            guard choices[choice.index, default: ChoiceFragments(index: choice.index)].merge(choice) else {
                return false
            }
        }
        return true
    }

    /// Adds text to a choice that has some.
    /// - Parameter text: still escaped.
    mutating func append(text: ByteBuffer, toChoice index: Int) {
        choices[index]?.append(text: text)
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

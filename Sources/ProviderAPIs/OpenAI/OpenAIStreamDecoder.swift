package import GatewayCore
internal import NIOCore

/// Follows one Chat Completions stream: hands each chunk on as it came, and puts the whole answer together.
package struct OpenAIStreamDecoder: Sendable {
    /// Whether the answer passed the limit and is no longer put together. The client's stream goes on.
    package private(set) var isTooLargeToKeep = false
    /// The last usage the provider sent.
    package private(set) var usage: TokenUsage?
    /// Bytes of the answer's content so far, as they were written.
    package private(set) var contentBytes = 0
    private let keepsUsage: Bool
    private let limit: Int
    private var answer = ChatFragments()
    private var hasContent = false
    private var isDone = false
    /// The choices seen so far, and whether each has said why it ended.
    private var isFinished: [Int: Bool] = [:]
    private var indices = ToolCallIndices()
    /// What the next chunk most likely looks like.
    private var template: ChunkTemplate?
    private let usesTemplate: Bool
    /// Chunks in a row that looked otherwise than the one before: where several choices take turns, looking is waste.
    private var misses = 0
    private static let missesLimit = 8

    /// - Parameters:
    ///   - keepsUsage: whether the client asked for usage; else what the gateway asked for is taken out again.
    ///   - limit: bytes of answer to keep.
    package init(keepsUsage: Bool, limit: Int = 8 << 20) {
        self.init(keepsUsage: keepsUsage, limit: limit, usesTemplate: true)
    }

    /// - Parameter usesTemplate: false to read every chunk as JSON: tests compare the two.
    init(keepsUsage: Bool, limit: Int, usesTemplate: Bool) {
        self.keepsUsage = keepsUsage
        self.limit = limit
        self.usesTemplate = usesTemplate
    }

    /// Takes the next event.
    /// - Throws: ``ProviderFailure``: `malformedAnswer` for what is no chunk, `streamError` or what its code says
    ///   for an error object.
    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> RelayStep {
        if isDone || Self.isBlank(event.data) { return .ignored }
        if Self.isEnd(event.data) { return .done(try end()) }
        if event.name == nil, let match = template?.match(event.data) { return take(match) }
        if template != nil {
            misses += 1
            template = nil
        }
        let root = try OpenAIChat.parse(event.data).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be objects, found \(root.kind)") }
        let chunk = try StreamChunk(root)
        if chunk.isError || event.name == "error" { throw .classify(root, otherwise: .streamError) }
        for choice in chunk.choices {
            if choice.isContent { hasContent = true }
            contentBytes += choice.contentBytes
            isFinished[choice.index] = choice.finishReason != nil || isFinished[choice.index] == true
        }
        keep(chunk)
        if let counted = chunk.usage {
            usage = OpenAIChat.usage(counted) ?? usage
            if chunk.choices.isEmpty { return keepsUsage ? .usage(ServerSentEvent.frame(event.data)) : .ignored }
        }
        let cut = keepsUsage ? [] : chunk.usageRanges
        if usesTemplate, misses < Self.missesLimit, event.name == nil {
            template = ChunkTemplate(root, chunk, cut: cut)
        }
        let corrections = indices.corrections(in: chunk)
        let data =
            corrections.isEmpty
            ? Self.cut(cut, outOf: event.data) : Self.corrected(root, corrections, cutsUsage: !keepsUsage)
        let frame = ServerSentEvent.frame(data)
        return hasContent ? .content(frame) : .lifecycle(frame)
    }

    /// Takes a chunk that says nothing new but its text.
    private mutating func take(_ match: ChunkTemplate.Match) -> RelayStep {
        misses = 0
        if match.text.readableBytes > 0 { hasContent = true }
        contentBytes += match.text.readableBytes
        if !isTooLargeToKeep, let template {
            answer.append(text: match.text, toChoice: template.choice)
            letGoIfTooLarge()
        }
        return hasContent ? .content(match.frame) : .lifecycle(match.frame)
    }

    /// What is wrong when the stream ends here; nil when it is whole. Vendors that send no `[DONE]` are whole when
    /// every choice has said why it ended.
    package func atEnd() -> ProviderFailure? {
        if isDone || (!isFinished.isEmpty && isFinished.values.allSatisfy { $0 }) { return nil }
        return ProviderFailure(.truncated, message: "the stream ended without its end")
    }

    /// Ends a stream whose body ended. Returns the answer of a stream that was whole without `[DONE]`; nil when
    /// `[DONE]` has already given it, or when it is too large to keep.
    /// - Throws: ``ProviderFailure`` of kind `truncated` when it is not whole.
    package mutating func finish() throws(ProviderFailure) -> ChatAnswer? {
        if let failure = atEnd() { throw failure }
        return isDone ? nil : try end()
    }

    private mutating func end() throws(ProviderFailure) -> ChatAnswer? {
        guard !isFinished.isEmpty else { throw OpenAIChat.malformed("must have at least one choice") }
        isDone = true
        return isTooLargeToKeep ? nil : try OpenAIChat.decode(answer.json)
    }

    private mutating func keep(_ chunk: StreamChunk) {
        guard !isTooLargeToKeep else { return }
        if answer.merge(chunk) { letGoIfTooLarge() } else { letGo() }
    }

    private mutating func letGoIfTooLarge() {
        if answer.byteCount > limit { letGo() }
    }

    private mutating func letGo() {
        isTooLargeToKeep = true
        answer = ChatFragments()
    }

    private static func corrected(
        _ root: JSONElement, _ corrections: [(fragment: JSONElement, index: Int)], cutsUsage: Bool
    ) -> ByteBuffer {
        var splice = JSONSplice(root.document)
        for (fragment, index) in corrections {
            splice.set("index", of: fragment, to: ByteBuffer(string: String(index)))
        }
        if cutsUsage { splice.remove(["usage"], of: root) }
        return splice.apply()
    }

    private static func cut(_ ranges: [Range<Int>], outOf data: ByteBuffer) -> ByteBuffer {
        guard !ranges.isEmpty else { return data }
        var rest = data
        var output = ByteBufferAllocator().buffer(capacity: data.readableBytes)
        var position = 0
        for range in ranges {
            if let kept = rest.readSlice(length: range.lowerBound - position) { output.writeImmutableBuffer(kept) }
            _ = rest.readSlice(length: range.count)
            position = range.upperBound
        }
        output.writeImmutableBuffer(rest)
        return output
    }

    static func isBlank(_ data: ByteBuffer) -> Bool {
        data.readableBytesView.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    }

    static func isEnd(_ data: ByteBuffer) -> Bool {
        // Only what could be the mark is looked at twice.
        guard data.readableBytesView.first != UInt8(ascii: "{"), data.readableBytes < 16 else { return false }
        return data.readableBytesView.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
            .elementsEqual("[DONE]".utf8)
    }
}

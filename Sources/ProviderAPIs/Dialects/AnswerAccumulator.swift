package import GatewayCore
internal import NIOCore

/// Puts a whole answer together from the events of its stream.
package struct AnswerAccumulator: Sendable {
    /// Whether the answer passed the limit and is no longer put together.
    package private(set) var isTooLarge = false
    /// The last usage the provider told, also of an answer that is too large.
    package private(set) var usage: TokenUsage?
    /// Bytes of content so far.
    package private(set) var contentBytes = 0
    private let limit: Int
    private var byteCount = 0
    private var head = Answer()
    private var choices: [Int: Choice] = [:]

    /// As many choices as OpenAI lets a request ask for.
    private static let indices = 0..<128

    private struct Choice {
        var blocks: [Block] = []
        /// Where each call stands in `blocks`.
        var calls: [Int: Int] = [:]
        var ending = AnswerChoice()
        /// As they came: joined once, as each joining would copy all that came before.
        var logprobs: [JSONText] = []

        var whole: AnswerChoice {
            var whole = ending
            whole.parts = blocks.map { ContentPart($0.content.holding($0.text)) }
            whole.logprobs = JSONText(joining: logprobs)
            return whole
        }
    }

    /// A part that grows. Its text is no payload of an enum: to take it out would copy it for each fragment.
    private struct Block {
        var content: ContentPart.Content
        var text: String
    }

    /// - Parameter limit: bytes of text to keep.
    package init(limit: Int = 8 << 20) { self.limit = limit }

    package mutating func add(_ event: AnswerEvent) {
        contentBytes += event.contentBytes
        if case .usage(let counted) = event { usage = counted }
        guard !isTooLarge else { return }
        switch event {
        case .started(let id, let model, let created):
            head.id = head.id ?? id
            head.model = head.model ?? model
            head.created = head.created ?? created
        case .usage, .ended: break
        case .text(let text, let choice): grow(choice, .text(""), text)
        case .refusal(let text, let choice): grow(choice, .refusal(""), text)
        case .thinking(let text, let choice): grow(choice, .thinking("", signature: nil), text)
        case .signature(let signature, let choice): sign(choice, signature)
        case .redactedThinking(let data, let choice): append(choice, .redactedThinking(data), size: data.utf8.count)
        case .native(let native, let choice): append(choice, .native(native), size: native.bytes.readableBytes)
        case .toolCall(let index, let id, let name, let signature, let choice):
            let call = ToolCall(id: id, name: name, arguments: "", signature: signature)
            append(choice, .toolCall(call), size: id.utf8.count + name.utf8.count)
            if let count = choices[choice]?.blocks.count { choices[choice]?.calls[index] = count - 1 }
        case .toolArguments(let index, let text, let choice): growCall(index, of: choice, text)
        case .logprobs(let logprobs, let choice):
            guard weigh(logprobs.bytes.readableBytes), Self.indices.contains(choice) else { return }
            choices[choice, default: Choice()].logprobs.append(logprobs)
        case .finished(let reason, let native, let stopSequence, let choice):
            guard Self.indices.contains(choice) else { return }
            choices[choice, default: Choice()].ending.finish = reason
            choices[choice, default: Choice()].ending.nativeFinish = native
            choices[choice, default: Choice()].ending.stopSequence = stopSequence
        }
    }

    /// The answer so far; nil when it is too large.
    package var answer: Answer? {
        guard !isTooLarge else { return nil }
        var answer = head
        answer.usage = usage
        answer.choices = choices.sorted { $0.key < $1.key }.map { $0.value.whole }
        return answer
    }

    // MARK: - Growing

    /// Adds text to the last block if that is of the same kind, else opens one.
    private mutating func grow(_ choice: Int, _ kind: ContentPart.Content, _ text: String) {
        guard Self.indices.contains(choice), weigh(text.utf8.count) else { return }
        var blocks = take(choice)
        if let last = blocks.indices.last, blocks[last].content.continues(kind) {
            blocks[last].text += text
        } else {
            blocks.append(Block(content: kind, text: text))
        }
        choices[choice]?.blocks = blocks
    }

    /// Taken out, so that what grows has one owner.
    private mutating func take(_ choice: Int) -> [Block] {
        var taken: [Block] = []
        swap(&taken, &choices[choice, default: Choice()].blocks)
        return taken
    }

    private mutating func append(_ choice: Int, _ content: ContentPart.Content, size: Int) {
        guard Self.indices.contains(choice), weigh(size) else { return }
        choices[choice, default: Choice()].blocks.append(Block(content: content, text: ""))
    }

    private mutating func growCall(_ index: Int, of choice: Int, _ text: String) {
        guard let place = choices[choice]?.calls[index], weigh(text.utf8.count) else { return }
        choices[choice]?.blocks[place].text += text
    }

    /// Signs the thought at hand; a signature without one stands for a thought that is not shown.
    private mutating func sign(_ choice: Int, _ signature: String) {
        guard Self.indices.contains(choice), weigh(signature.utf8.count) else { return }
        var blocks = take(choice)
        if let last = blocks.indices.last, blocks[last].content.continues(.thinking("", signature: nil)) {
            blocks[last].content = .thinking("", signature: signature)
        } else {
            blocks.append(Block(content: .thinking("", signature: signature), text: ""))
        }
        choices[choice]?.blocks = blocks
    }

    private mutating func weigh(_ size: Int) -> Bool {
        // A block weighs something even when it is empty.
        byteCount += size + 16
        guard byteCount > limit else { return true }
        isTooLarge = true
        choices = [:]
        return false
    }
}

extension AnswerEvent {
    fileprivate var contentBytes: Int {
        switch self {
        case .text(let text, _), .refusal(let text, _), .thinking(let text, _), .redactedThinking(let text, _),
            .toolArguments(_, let text, _), .toolCall(_, _, let text, _, _):
            text.utf8.count
        case .native(let native, _): native.bytes.readableBytes
        case .started, .signature, .logprobs, .finished, .usage, .ended: 0
        }
    }
}

extension JSONText {
    /// Joins the lists of OpenAI's objects of probabilities; nil without any.
    fileprivate init?(joining pieces: [JSONText]) {
        guard pieces.count > 1 else {
            guard let only = pieces.first else { return nil }
            self = only
            return
        }
        let objects = pieces.compactMap(\.element)
        var json = JSONWriter(capacity: pieces.reduce(64) { $0 + $1.bytes.readableBytes })
        json.object { json in
            for name in ["content", "refusal"] {
                let lists = objects.compactMap { $0[name] }.filter(\.hasElements)
                if lists.isEmpty { json.null(name) } else {
                    json.array(name) { json in
                        for list in lists { for element in list.elements { json.json(JSONText(element)) } }
                    }
                }
            }
        }
        self.init(valid: json.bytes)
    }
}

extension ContentPart.Content {
    /// Whether text of another part's kind belongs to this one. A signed thought is over.
    fileprivate func continues(_ other: ContentPart.Content) -> Bool {
        switch (self, other) {
        case (.text, .text), (.refusal, .refusal), (.thinking(_, signature: nil), .thinking): true
        default: false
        }
    }

    fileprivate func holding(_ text: String) -> ContentPart.Content {
        switch self {
        case .text: .text(text)
        case .refusal: .refusal(text)
        case .thinking(_, let signature): .thinking(text, signature: signature)
        case .toolCall(let call):
            .toolCall(ToolCall(id: call.id, name: call.name, arguments: text, signature: call.signature))
        default: self
        }
    }
}

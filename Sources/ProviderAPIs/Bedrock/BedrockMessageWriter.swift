internal import GatewayCore

/// Writes the messages of a conversation as `system` and `messages`. Turns alternate: what follows in the same role
/// becomes one turn, and the results of tools are the user's.
struct BedrockMessageWriter {
    private let conversation: Conversation
    private let model: BedrockModel
    /// What is said above the turns besides what the client says.
    private let instruction: String?
    private(set) var dropped: [String] = []
    private var names = BedrockDocumentNames()

    private struct Turn {
        let role: String
        var blocks: [JSONText]
    }

    init(_ conversation: Conversation, model: BedrockModel, instruction: String?) {
        self.conversation = conversation
        self.model = model
        self.instruction = instruction
    }

    mutating func write(to json: inout JSONWriter) throws(GatewayError) {
        var system: [JSONText] = []
        var turns: [Turn] = []
        for (index, message) in try conversation.messagesWithResultsInPlace() {
            let isSystem = message.role == .system || message.role == .developer
            var blocks: [JSONText] = []
            for (position, part) in message.parts.enumerated() {
                let place = "messages[\(index)].content[\(position)]"
                try add(part, role: message.role, at: place, to: &blocks)
            }
            // Amazon wants words beside a document.
            if message.parts.contains(where: \.isFile), !message.parts.contains(where: \.isWords) {
                blocks.append(Self.block { $0.member("text", "Read the document.") })
            }
            if isSystem {
                system += blocks
            } else if !blocks.isEmpty {
                let role = message.role == .assistant ? "assistant" : "user"
                if turns.last?.role == role {
                    turns[turns.count - 1].blocks += blocks
                } else {
                    turns.append(Turn(role: role, blocks: blocks))
                }
            }
        }
        if let instruction { system.append(Self.block { $0.member("text", instruction) }) }
        guard !turns.isEmpty || !system.isEmpty else { throw Conversation.nothingSaid }
        // A conversation begins with the user, whatever greeting a client shows first.
        if turns.first?.role == "assistant" {
            turns.insert(Turn(role: "user", blocks: [Self.block { $0.member("text", "…") }]), at: 0)
        }
        if model.isClaude, let last = turns.indices.last { Self.trimEnd(of: &turns[last]) }
        // There must be a turn: instructions alone become one.
        if turns.isEmpty { turns = [Turn(role: "user", blocks: system)] } else if !system.isEmpty {
            json.array("system") { json in for block in system { json.json(block) } }
        }
        json.array("messages") { json in
            for turn in turns {
                json.object { json in
                    json.member("role", turn.role)
                    json.array("content") { json in for block in turn.blocks { json.json(block) } }
                }
            }
        }
    }

    /// White space at the end of what a Claude model shall go on with is refused.
    private static func trimEnd(of turn: inout Turn) {
        guard turn.role == "assistant",
            let place = turn.blocks.lastIndex(where: { $0.element?["cachePoint"] == nil }),
            var text = turn.blocks[place].element?["text"]?.string, text.last?.isWhitespace == true
        else { return }
        while text.last?.isWhitespace == true { text.removeLast() }
        turn.blocks[place] = block { $0.member("text", text) }
    }

    private static func block<Failure: Error>(
        _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) -> JSONText {
        var json = JSONWriter(capacity: 128)
        try json.object { json throws(Failure) in try members(&json) }
        return JSONText(valid: json.bytes)
    }

    // MARK: - Parts

    private mutating func add(
        _ part: ContentPart, role: Message.Role, at place: String, to blocks: inout [JSONText]
    ) throws(GatewayError) {
        let media = BedrockMedia(place: place)
        switch part.content {
        case .text(let text), .refusal(let text):
            // Texts of nothing but white space are refused.
            guard text.contains(where: { !$0.isWhitespace }) else { break }
            blocks.append(Self.block { $0.member("text", text) })
        case .image(let image):
            try expectUser(role, place)
            blocks.append(try Self.block { json throws(GatewayError) in try media.writeImage(image, to: &json) })
        case .audio(let audio):
            try expectUser(role, place)
            blocks.append(try Self.block { json throws(GatewayError) in try media.writeAudio(audio, to: &json) })
        case .file(let file):
            try expectUser(role, place)
            let name = names.next(for: file)
            blocks.append(
                try Self.block { json throws(GatewayError) in
                    try media.writeDocument(file, named: name, to: &json)
                })
        case .thinking(let text, let signature?) where model.isClaude && part.isSayableToClaude:
            addThought(text, signature, to: &blocks)
        // Of another provider, or without its proof: it would be refused.
        case .thinking: break
        case .redactedThinking(let data):
            guard model.isClaude, part.isSayableToClaude else { break }
            let block = Self.block { json in
                json.object("reasoningContent") { $0.member("redactedContent", data) }
            }
            blocks.append(block)
        case .toolCall(let call): blocks.append(try Self.block(of: call, at: place))
        case .toolResult(let result): blocks.append(try block(of: result, at: place))
        case .native: dropped.append(place)
        }
        if let mark = part.cacheMark, model.keepsPrompts, !blocks.isEmpty {
            blocks.append(Self.block { mark.writePoint(to: &$0) })
        }
    }

    private func expectUser(_ role: Message.Role, _ place: String) throws(GatewayError) {
        if role != .user { throw .untranslatable(place, "media in any turn but the user's") }
    }

    private func addThought(_ text: String, _ signature: String, to blocks: inout [JSONText]) {
        let block = Self.block { json in
            json.object("reasoningContent") { json in
                json.object("reasoningText") {
                    $0.member("text", text)
                    $0.member("signature", signature)
                }
            }
        }
        blocks.append(block)
    }

    private static func block(of call: ToolCall, at place: String) throws(GatewayError) -> JSONText {
        guard let arguments = call.argumentsObject else {
            throw GatewayError(
                .invalidRequest, "'\(place)': the arguments of '\(call.name)' must be a JSON object", parameter: place)
        }
        return block { json in
            json.object("toolUse") {
                $0.member("toolUseId", BedrockToolID.make(call.id))
                $0.member("name", call.name)
                $0.member("input", arguments)
            }
        }
    }

    private mutating func block(of result: ToolResult, at place: String) throws(GatewayError) -> JSONText {
        try Self.block { json throws(GatewayError) in
            try json.object("toolResult") { json throws(GatewayError) in
                json.member("toolUseId", BedrockToolID.make(result.callID))
                try json.array("content") { json throws(GatewayError) in
                    for (index, part) in result.parts.enumerated() {
                        try write(part.content, at: "\(place).content[\(index)]", to: &json)
                    }
                }
                if result.isError { json.member("status", "error") }
            }
        }
    }

    /// A part of a result.
    private mutating func write(
        _ content: ContentPart.Content, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        let media = BedrockMedia(place: place)
        switch content {
        case .text(let text), .refusal(let text):
            guard text.contains(where: { !$0.isWhitespace }) else { return }
            json.object { $0.member("text", text) }
        case .image(let image):
            try json.object { json throws(GatewayError) in try media.writeImage(image, to: &json) }
        case .file(let file):
            let name = names.next(for: file)
            try json.object { json throws(GatewayError) in try media.writeDocument(file, named: name, to: &json) }
        default: throw .untranslatable(place, "this kind of content in a result")
        }
    }
}

extension ContentPart {
    fileprivate var isFile: Bool { if case .file = content { true } else { false } }

    fileprivate var isWords: Bool {
        if case .text(let text) = content { text.contains { !$0.isWhitespace } } else { false }
    }
}

extension CacheMark {
    /// Writes a `cachePoint`. Its lifetimes are five minutes, which is its habit, and an hour.
    func writePoint(to json: inout JSONWriter) {
        json.object("cachePoint") {
            $0.member("type", "default")
            if lifetime == "1h" { $0.member("ttl", "1h") }
        }
    }
}

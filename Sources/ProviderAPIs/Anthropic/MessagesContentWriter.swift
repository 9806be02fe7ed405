internal import GatewayCore

/// Writes the turns of a conversation as the messages of a Messages request.
struct MessagesContentWriter {
    typealias Piece = MessagesTurn.Piece

    static func write(_ turns: [MessagesTurn], to json: inout JSONWriter) throws(GatewayError) {
        var isBegun = false
        var index = 0
        while index < turns.count {
            let turn = turns[index]
            index += 1
            var pieces = turn.pieces.filter(\.isSayable)
            if turn.role == .assistant, index == turns.count, turn.results.isEmpty { trimEnd(of: &pieces) }
            try write(pieces, role: turn.role, to: &json, isBegun: &isBegun)
            guard !turn.results.isEmpty else { continue }
            // What the user says next is of the same message, behind the results.
            var answer = turn.results
            if index < turns.count, turns[index].role == .user {
                answer += turns[index].pieces.filter(\.isSayable)
                index += 1
            }
            try write(answer, role: .user, to: &json, isBegun: &isBegun)
        }
        guard isBegun else { throw Conversation.nothingSaid }
    }

    /// Writes a string if it is one text without a mark, else blocks.
    static func writeContent(_ pieces: [Piece], to json: inout JSONWriter) throws(GatewayError) {
        if pieces.count == 1, case .text(let text) = pieces[0].part.content, pieces[0].part.cacheMark == nil {
            return json.string(text)
        }
        try json.array { json throws(GatewayError) in
            for piece in pieces { try write(piece, to: &json) }
        }
    }

    private static func write(
        _ pieces: [Piece], role: MessagesTurn.Role, to json: inout JSONWriter, isBegun: inout Bool
    ) throws(GatewayError) {
        // A message of nothing is refused; without it the ones around it are one turn.
        guard !pieces.isEmpty else { return }
        isBegun = true
        try json.object { json throws(GatewayError) in
            json.member("role", "\(role)")
            json.key("content")
            try writeContent(pieces, to: &json)
        }
    }

    /// White space at the end of what the model shall go on with is refused.
    private static func trimEnd(of pieces: inout [Piece]) {
        guard let last = pieces.last, case .text(var text) = last.part.content else { return }
        while text.last?.isWhitespace == true { text.removeLast() }
        let part = ContentPart(.text(text), cacheMark: last.part.cacheMark)
        pieces[pieces.count - 1] = Piece(part: part, place: last.place)
    }

    // MARK: - Blocks

    private static func write(_ piece: Piece, to json: inout JSONWriter) throws(GatewayError) {
        let (part, place) = (piece.part, piece.place)
        switch part.content {
        case .text(let text), .refusal(let text): MessagesBlock.writeText(text, mark: part.cacheMark, to: &json)
        case .image(let media): try MessagesMedia.writeImage(media, mark: part.cacheMark, at: place, to: &json)
        case .file(let media): try MessagesMedia.writeDocument(media, mark: part.cacheMark, at: place, to: &json)
        case .audio: throw .untranslatable(place, "audio")
        case .thinking(let text, let signature):
            MessagesBlock.writeThought(text, signature: signature ?? "", to: &json)
        case .redactedThinking(let data): MessagesBlock.writeRedacted(data, to: &json)
        case .toolCall(let call):
            guard let input = call.argumentsObject else {
                throw GatewayError(
                    .invalidRequest, "the arguments of the call '\(call.id)' in '\(place)' must be a JSON object",
                    parameter: place)
            }
            MessagesBlock.writeCall(
                id: MessagesBlock.id(call.id), name: call.name, input: input, mark: part.cacheMark, to: &json)
        case .toolResult(let result): try write(result, mark: part.cacheMark, at: place, to: &json)
        case .native(let native):
            guard MessagesBlock.isOwn(native) else { throw .untranslatable(place, "this kind of content") }
            json.json(native)
        }
    }

    private static func write(
        _ result: ToolResult, mark: CacheMark?, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        let pieces = result.parts.enumerated()
            .map { Piece(part: $1, place: "\(place).content[\($0)]") }.filter(\.isSayable)
        try json.object { json throws(GatewayError) in
            json.member("type", "tool_result")
            json.member("tool_use_id", MessagesBlock.id(result.callID))
            if !pieces.isEmpty {
                json.key("content")
                try writeContent(pieces, to: &json)
            }
            if result.isError { json.member("is_error", true) }
            mark?.write(to: &json)
        }
    }
}

extension MessagesTurn.Piece {
    var isSayable: Bool { part.isSayableToClaude }
}

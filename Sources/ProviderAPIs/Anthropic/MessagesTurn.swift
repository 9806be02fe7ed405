internal import GatewayCore

/// One turn of a Messages request, with the results that must stand right behind it.
///
/// All results of a turn go into one user message directly behind the calls, in front of what the user says; a result
/// that came late in the conversation is put there too.
struct MessagesTurn {
    enum Role { case user, assistant, system }

    /// A part, and where the client had it.
    struct Piece {
        let part: ContentPart
        let place: String
    }

    let role: Role
    var pieces: [Piece]
    /// Of the calls of this turn.
    var results: [Piece] = []

    /// - Returns: what stands above the conversation, and its turns.
    /// - Throws: `invalidRequest` for a result without its call.
    static func lay(
        out messages: [Message], for generation: ClaudeGeneration
    ) throws(GatewayError) -> (system: [Piece], turns: [MessagesTurn]) {
        var system: [Piece] = []
        var turns: [MessagesTurn] = []
        var callers: [String: Int] = [:]
        for (index, message) in messages.enumerated() {
            let place = "messages[\(index)]"
            let pieces = message.parts.enumerated().map { Piece(part: $1, place: "\(place).content[\($0)]") }
            switch message.role {
            case .system, .developer:
                if turns.isEmpty {
                    system += pieces
                } else {
                    let next = index + 1 < messages.count ? messages[index + 1].role : .assistant
                    let fits = generation.takesLaterSystem && next == .assistant && turns.last?.endsWithUser == true
                    turns.append(
                        fits ? MessagesTurn(role: .system, pieces: pieces)
                            : MessagesTurn(role: .user, pieces: try marked(message, place: place)))
                }
            case .user: turns.append(MessagesTurn(role: .user, pieces: pieces))
            case .assistant:
                for call in message.toolCalls { callers[call.id] = turns.count }
                turns.append(MessagesTurn(role: .assistant, pieces: pieces))
            case .tool:
                for piece in pieces { try attach(piece, at: place, to: &turns, callers: callers) }
            }
        }
        return (system, turns)
    }

    private var endsWithUser: Bool { role == .user || !results.isEmpty }

    private static func attach(
        _ piece: Piece, at place: String, to turns: inout [MessagesTurn], callers: [String: Int]
    ) throws(GatewayError) {
        guard case .toolResult(let result) = piece.part.content else {
            throw GatewayError(.invalidRequest, "'\(place)' must hold results of tools alone", parameter: place)
        }
        guard let turn = callers[result.callID] else {
            throw GatewayError(
                .invalidRequest, "'\(place).tool_call_id' must be the id of a call in an earlier message",
                parameter: "\(place).tool_call_id")
        }
        turns[turn].results.append(piece)
    }

    /// What a model that knows no system message in this place is told instead: the user says that it is one.
    private static func marked(_ message: Message, place: String) throws(GatewayError) -> [Piece] {
        guard message.parts.allSatisfy(\.isText) else {
            throw .untranslatable(place, "a system message with more than text")
        }
        let text = "<system>\n\(message.text)\n</system>"
        return message.text.isEmpty ? [] : [Piece(part: .text(text), place: "\(place).content")]
    }
}

extension ContentPart {
    var isText: Bool {
        if case .text = content { true } else { false }
    }
}

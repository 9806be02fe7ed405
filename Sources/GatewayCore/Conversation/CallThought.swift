/// What led a model to call a tool, in the form in which its provider wants it back with the call.
package struct CallThought: Sendable, Equatable {
    /// Signed thoughts between the call before, or the beginning, and the call.
    package var thoughts: [ContentPart]
    /// Of the call itself (Gemini).
    package var signature: String?

    package init(thoughts: [ContentPart] = [], signature: String? = nil) {
        self.thoughts = thoughts
        self.signature = signature
    }
}

extension Answer {
    /// What its calls must come back with, by their ids; only of the first choice, as histories hold one.
    package var callThoughts: [String: CallThought] {
        var found: [String: CallThought] = [:]
        var thoughts: [ContentPart] = []
        for part in choices.first?.parts ?? [] {
            if part.isSignedThought { thoughts.append(part) }
            guard case .toolCall(let call) = part.content, !call.id.isEmpty else { continue }
            if !thoughts.isEmpty || call.signature != nil {
                found[call.id] = CallThought(thoughts: thoughts, signature: call.signature)
            }
            thoughts = []
        }
        return found
    }
}

extension Conversation {
    /// The ids of calls in the history whose turn has nothing signed, the latest last.
    package var unexplainedCalls: [String] {
        messages.flatMap { message in
            message.role == .assistant && !message.isSigned ? message.toolCalls.map(\.id) : []
        }
    }

    /// The same with what was kept of its calls. A turn that has anything signed stays as it is: its client keeps
    /// thoughts.
    package func restoring(_ kept: [String: CallThought]) -> Conversation {
        if kept.isEmpty { return self }
        var conversation = self
        for index in messages.indices where messages[index].role == .assistant && !messages[index].isSigned {
            conversation.messages[index].parts = Self.restored(messages[index].parts, kept)
        }
        return conversation
    }

    private static func restored(_ parts: [ContentPart], _ kept: [String: CallThought]) -> [ContentPart] {
        var restored: [ContentPart] = []
        var isFirst = true
        for part in parts {
            guard case .toolCall(var call) = part.content else {
                restored.append(part)
                continue
            }
            if let thought = kept[call.id] {
                // A turn that thinks begins with it, in front of what was said.
                restored.insert(contentsOf: thought.thoughts, at: isFirst ? 0 : restored.count)
                call.signature = thought.signature
            }
            isFirst = false
            restored.append(ContentPart(.toolCall(call), cacheMark: part.cacheMark))
        }
        return restored
    }
}

extension Message {
    fileprivate var isSigned: Bool {
        parts.contains { part in
            if case .toolCall(let call) = part.content { call.signature != nil } else { part.isSignedThought }
        }
    }
}

extension ContentPart {
    fileprivate var isSignedThought: Bool {
        switch content {
        case .thinking(_, let signature): signature?.isEmpty == false
        case .redactedThinking: true
        default: false
        }
    }
}

internal import GatewayCore

/// What some dialects have no word for, by its places.
extension Conversation {
    /// Names of participants.
    var participants: [String] {
        messages.enumerated().compactMap { $1.name == nil ? nil : "messages[\($0)].name" }
    }

    /// Details of images, other than what every provider does of its own.
    var imageDetails: [String] {
        places { part in
            guard case .image(let media) = part.content, media.detail ?? "auto" != "auto" else { return nil }
            return ".image_url.detail"
        }
    }

    /// Results of tools that say they are errors.
    var failures: [String] {
        places { part in
            if case .toolResult(let result) = part.content, result.isError { ".is_error" } else { nil }
        }
    }

    /// Wishes to keep the prompt up to some place: told once, however many there are.
    var cacheMarks: [String] {
        let areMarked = messages.contains { message in
            message.parts.contains { part in
                guard case .toolResult(let result) = part.content else { return part.cacheMark != nil }
                return part.cacheMark != nil || result.parts.contains { $0.cacheMark != nil }
            }
        }
        let areToolsMarked = tools.contains { tool in
            if case .function(let function) = tool { function.cacheMark != nil } else { false }
        }
        return areMarked || areToolsMarked ? ["cache_control"] : []
    }

    private func places(_ word: (ContentPart) -> String?) -> [String] {
        var places: [String] = []
        for (index, message) in messages.enumerated() {
            for (position, part) in message.parts.enumerated() {
                if let word = word(part) { places.append("messages[\(index)].content[\(position)]\(word)") }
            }
        }
        return places
    }
}

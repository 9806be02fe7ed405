internal import GatewayCore

/// Looks for what a request names in the operator's own account. A client that may name anything there would read with
/// the operator's rights what was never meant for it.
struct NamedReferences {
    let allowed: Set<AccountReference>

    /// - Throws: `invalidRequest` for the first that the provider's account is not open to.
    func check(_ conversation: Conversation) throws(GatewayError) {
        if allowed.count == AccountReference.allCases.count { return }
        for (index, message) in conversation.messages.enumerated() {
            try check(message.parts, at: "messages[\(index)]")
        }
        for (index, tool) in conversation.tools.enumerated() {
            if case .native(let native) = tool { try check(native.element, at: "tools[\(index)]") }
        }
        for extra in conversation.extras {
            switch extra.name {
            case "cached_content", "cachedContent": try expect(.caches, at: extra.name)
            case ResponsesPrompt.name: try expect(.prompts, at: extra.name)
            // Of Anthropic: where code that it runs keeps files.
            case "container": try expect(.uploads, at: extra.name)
            default: continue
            }
        }
    }

    /// The same for the body of a Chat Completions request.
    func check(chat root: JSONElement) throws(GatewayError) {
        if allowed.contains(.uploads) { return }
        for (index, message) in (root["messages"]?.elements.map { $0 } ?? []).enumerated() {
            guard let content = message["content"], content.kind == .array else { continue }
            for (place, part) in content.elements.enumerated() where part["file"]?["file_id"] != nil {
                try expect(.uploads, at: "messages[\(index)].content[\(place)].file.file_id")
            }
        }
    }

    private func check(_ parts: [ContentPart], at place: String) throws(GatewayError) {
        for (index, part) in parts.enumerated() {
            let place = "\(place).content[\(index)]"
            switch part.content {
            case .image(let media), .audio(let media), .file(let media): try check(media, at: place)
            case .toolResult(let result): try check(result.parts, at: place)
            case .native(let native): try check(native.element, at: place)
            case .text, .refusal, .thinking, .redactedThinking, .toolCall: continue
            }
        }
    }

    private func check(_ media: Media, at place: String) throws(GatewayError) {
        switch media.source {
        case .upload: try expect(.uploads, at: place)
        case .url(let address): try check(address: address, at: place)
        case .inline: return
        }
    }

    private func check(address: String, at place: String) throws(GatewayError) {
        let address = address.lowercased()
        switch address.prefix(while: { $0 != ":" }) {
        case "s3": try expect(.s3, at: place)
        case "gs": try expect(.gs, at: place)
        // Files of the Gemini API have addresses of its own host, which opens them with the key.
        case "http", "https":
            if address.contains("//generativelanguage.googleapis.com") { try expect(.uploads, at: place) }
        // What is no address, such as `files/x`, is a name.
        default: try expect(.uploads, at: place)
        }
    }

    /// Blocks and tools that only one dialect knows: names of files and of stores of files at any depth.
    private func check(_ native: JSONElement?, at place: String) throws(GatewayError) {
        guard let native else { return }
        for member in native.members {
            let inner = "\(place).\(member.name)"
            let isName = member.value.kind == .string || (member.value.kind == .array && member.value.hasElements)
            if isName, Self.names.contains(member.name) { try expect(.uploads, at: inner) }
            try check(member.value, at: inner)
        }
        for element in native.elements { try check(element, at: place) }
    }

    private static let names: Set<String> = ["file_id", "file_ids", "vector_store_ids", "container"]

    private func expect(_ kind: AccountReference, at place: String) throws(GatewayError) {
        if allowed.contains(kind) { return }
        throw GatewayError(
            .invalidRequest,
            "'\(place)' names what lies in the account of this gateway's operator at the provider, and the provider "
                + "is not configured with allow_references: [\(kind.rawValue)]",
            parameter: place)
    }
}

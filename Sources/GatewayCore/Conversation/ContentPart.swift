/// A piece of a message or of an answer.
package struct ContentPart: Sendable, Equatable {
    /// What kind of piece it is.
    package enum Content: Sendable, Equatable {
        case text(String)
        case image(Media)
        case audio(Media)
        /// A document, such as a PDF.
        case file(Media)
        /// The model's own words for that it will not answer.
        case refusal(String)
        /// What the model thought. The signature is the provider's proof that it was its own; without it no provider
        /// that signs takes the thought back.
        case thinking(String, signature: String?)
        /// A thought that only its provider can read.
        case redactedThinking(String)
        case toolCall(ToolCall)
        case toolResult(ToolResult)
        /// A block that only one dialect knows, such as the result of a tool which the provider itself runs.
        case native(JSONText)
    }

    package var content: Content
    /// Where the client asks the provider to keep the prompt up to here.
    package var cacheMark: CacheMark?

    package init(_ content: Content, cacheMark: CacheMark? = nil) {
        self.content = content
        self.cacheMark = cacheMark
    }

    package static func text(_ text: String) -> ContentPart { ContentPart(.text(text)) }
}

/// A wish that the provider keeps the prompt up to this place (`cache_control`).
package struct CacheMark: Sendable, Equatable {
    /// Such as `5m` or `1h`; nil for the provider's own.
    package var lifetime: String?

    package init(lifetime: String? = nil) { self.lifetime = lifetime }
}

/// A tool the model may call.
package enum Tool: Sendable, Equatable {
    case function(FunctionTool)
    /// A tool that the provider runs itself, in the client's own dialect.
    case native(JSONText)
}

/// A tool that the client runs.
package struct FunctionTool: Sendable, Equatable {
    package var name: String
    package var description: String?
    /// The JSON Schema of its arguments; nil for a tool without any.
    package var parameters: JSONText?
    /// Whether calls must follow the schema to the letter.
    package var isStrict: Bool?
    package var cacheMark: CacheMark?

    package init(
        name: String, description: String? = nil, parameters: JSONText? = nil, isStrict: Bool? = nil,
        cacheMark: CacheMark? = nil
    ) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.isStrict = isStrict
        self.cacheMark = cacheMark
    }
}

/// Whether tools are called.
package enum ToolChoice: Sendable, Equatable {
    case auto
    /// At least one must be called.
    case required
    case none
    /// This one must be called.
    case function(String)
    /// A rule that only the client's dialect has.
    case native(JSONText)
}

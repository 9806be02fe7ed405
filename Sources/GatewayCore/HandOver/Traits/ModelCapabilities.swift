/// What a model can do, and what a request needs of one.
package struct ModelCapabilities: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let tools = ModelCapabilities(rawValue: 1 << 0)
    /// Several tool calls in one answer.
    package static let parallelTools = ModelCapabilities(rawValue: 1 << 1)
    /// Images in the request.
    package static let vision = ModelCapabilities(rawValue: 1 << 2)
    package static let audioInput = ModelCapabilities(rawValue: 1 << 3)
    package static let audioOutput = ModelCapabilities(rawValue: 1 << 4)
    /// Files such as PDF in the request.
    package static let documents = ModelCapabilities(rawValue: 1 << 5)
    /// Answers that are some JSON value.
    package static let jsonMode = ModelCapabilities(rawValue: 1 << 6)
    /// Answers that follow a schema.
    package static let jsonSchema = ModelCapabilities(rawValue: 1 << 7)
    /// Thinks before it answers, as far as it is asked to.
    package static let reasoning = ModelCapabilities(rawValue: 1 << 8)
    package static let streaming = ModelCapabilities(rawValue: 1 << 9)

    /// Every capability by the name it has in configuration files and explanations.
    package static let names: [(name: String, capability: ModelCapabilities)] = [
        ("tools", .tools), ("parallel_tools", .parallelTools), ("vision", .vision), ("audio_input", .audioInput),
        ("audio_output", .audioOutput), ("documents", .documents), ("json_mode", .jsonMode),
        ("json_schema", .jsonSchema), ("reasoning", .reasoning), ("streaming", .streaming),
    ]

    /// The names of what is in the set, in a fixed order.
    package var names: [String] { Self.names.filter { contains($0.capability) }.map(\.name) }
}

/// Where an agent's loop stands: what tools were called since the user last spoke, and how it went.
package struct StageSignals: Sendable, Equatable {
    /// Answers with tool calls since the last user message.
    package var toolSteps = 0
    /// Whether the last message is a tool's result: the model is to go on, not to begin.
    package var endsWithToolResult = false
    /// Tool results of the last three steps that read like failures.
    package var recentErrors = 0
    /// Calls of the last three steps with a name and arguments that were called before.
    package var recentRepeats = 0
    /// Calls of the last three steps that change something (write, edit, apply …).
    package var recentWrites = 0
    /// Calls of the last three steps that look around (read, list, search …).
    package var recentReads = 0

    /// How many steps back "recent" reaches.
    package static let window = 3

    package init() {}
}

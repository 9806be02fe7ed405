internal import GatewayCore

extension Conversation {
    /// Whether there are tools that the client runs.
    var hasFunctions: Bool {
        tools.contains { tool in
            if case .function = tool { true } else { false }
        }
    }
}

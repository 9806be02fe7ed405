import GatewayCore

/// What stands where in a request's messages, by their roles.
struct ConversationShape {
    /// Whether the last message is a tool's.
    private(set) var endsWithTool = false
    private(set) var hasTool = false
    /// The first message behind the instructions, if it is not the last one.
    private(set) var firstTurn: JSONElement?
    private(set) var last: JSONElement?
    /// Whether instructions stand between turns: then the turns are not one piece.
    private var hasLateInstructions = false

    init(_ root: JSONElement) {
        guard let messages = root["messages"] else { return }
        var first: JSONElement?
        for message in messages.elements {
            let role = message["role"]?.string ?? ""
            let isInstruction = role == "system" || role == "developer"
            endsWithTool = role == "tool" || role == "function"
            if endsWithTool { hasTool = true }
            if isInstruction, first != nil { hasLateInstructions = true }
            if !isInstruction, first == nil { first = message }
            last = message
        }
        firstTurn = first?.range.lowerBound == last?.range.lowerBound ? nil : first
    }

    /// Whether anything was said before the last message.
    var hasHistory: Bool { firstTurn != nil }

    /// What stands between the instructions and the last message, if it is one piece.
    var history: (first: JSONElement, end: JSONElement)? {
        guard !hasLateInstructions, let firstTurn, let last else { return nil }
        return (firstTurn, last)
    }
}

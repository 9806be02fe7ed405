internal import GatewayCore
internal import NIOCore

/// Cuts out of a request what its server would refuse, and says by OpenAI's names what that was.
struct ChatServerTrim {
    private let parameters: ChatServerParameters
    private(set) var dropped: [String] = []

    init(_ habits: ChatServerHabits) { parameters = habits.parameters }

    /// - Parameters:
    ///   - root: a request of Chat Completions.
    ///   - splice: of its document; nothing else in it touches the members that are cut.
    /// - Throws: `invalidRequest` for more answers than the server gives.
    mutating func cut(_ root: JSONElement, in splice: inout JSONSplice) throws(GatewayError) {
        guard parameters != .all else { return }
        if parameters.givesOneAnswer, let wanted = root["n"]?.integer, wanted != 1 {
            throw SingleChoice.refusal(of: wanted)
        }
        var refused: Set<String> = []
        for member in root.members {
            let name = member.name
            if let own = parameters.names[name], root[own] == nil {
                splice.replace(member.key, with: ByteBuffer(string: "\"\(own)\""))
            } else if !parameters.takes(name) {
                refused.insert(name)
                if name != "stream_options", member.value.saysSomething { dropped.append(name) }
            }
        }
        if !refused.isEmpty { splice.remove(refused, of: root) }
    }

    /// The members of a message that are cut.
    /// - Parameter index: of the message.
    mutating func cuts(of message: JSONElement, at index: Int) -> Set<String> {
        guard !parameters.takesParticipants, let name = message["name"] else { return [] }
        switch message["role"]?.string {
        // There it is the tool's.
        case "tool", "function": return []
        default:
            if name.saysSomething { dropped.append("messages[\(index)].name") }
            return ["name"]
        }
    }

    /// The same request without what its server refuses.
    /// - Parameter body: a request that the gateway wrote.
    /// - Throws: as ``cut(_:in:)``.
    static func applied(
        to body: ByteBuffer, for habits: ChatServerHabits
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        guard habits.parameters != .all, let root = try? JSONDocument(body).root else { return (body, []) }
        var trim = ChatServerTrim(habits)
        var splice = JSONSplice(root.document)
        try trim.cut(root, in: &splice)
        for (index, message) in (root["messages"]?.elements.map { $0 } ?? []).enumerated() {
            let cuts = trim.cuts(of: message, at: index)
            if !cuts.isEmpty { splice.remove(cuts, of: message) }
        }
        return (splice.apply(), trim.dropped)
    }
}

extension JSONElement {
    /// Whether its absence would mean something else: null, `false`, 0 and what is empty mean nothing.
    fileprivate var saysSomething: Bool {
        switch kind {
        case .null, .false: false
        case .number: double != 0
        case .string: isMeaningful
        case .object, .array: hasElements
        case .true: true
        }
    }
}

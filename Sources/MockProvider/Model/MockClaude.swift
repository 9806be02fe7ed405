/// What Claude models refuse of each other's requests, wherever they are served, told by their names. Other names
/// refuse nothing.
struct MockClaude {
    private let name: String

    init(_ name: String) { self.name = name }

    private static let free = ["opus-5-5", "fable-5-1", "mythos-5-1"]
    private static let thinkers = free + ["fable-5", "mythos-5"]
    private static let early = [
        "claude-3", "claude-v2", "claude-instant", "opus-4-0", "opus-4-1", "opus-4-2025", "sonnet-4-0", "sonnet-4-2025",
    ]

    private func isOne(of names: [String]) -> Bool { names.contains { name.contains($0) } }

    /// - Parameter thinking: the `type` of `thinking`.
    func check(thinking: String?) throws(MockProviderError) {
        guard thinking == "disabled", isOne(of: Self.thinkers) else { return }
        throw MockProviderError(.invalidValue, "thinking.type: 'disabled' is not supported for this model")
    }

    func check(choice: MockToolChoice) throws(MockProviderError) {
        switch choice {
        case .automatic, .never: return
        case .required, .named: break
        }
        guard isOne(of: Self.free) else { return }
        throw MockProviderError(.invalidValue, "tool_choice: this model does not support forced tool use")
    }

    /// - Parameter member: a schema of the answer or a strict tool, where there is one.
    func check(schema member: String?) throws(MockProviderError) {
        guard let member, isOne(of: Self.early) else { return }
        throw MockProviderError(.invalidValue, "\(member): this model does not support structured outputs")
    }
}

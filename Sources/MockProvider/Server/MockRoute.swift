/// What the mock serves, as its counters are split.
package enum MockRoute: String, CaseIterable, Sendable {
    case chatCompletions = "/v1/chat/completions"
    case embeddings = "/v1/embeddings"
    case models = "/v1/models"
    /// Every other path: answered by 404.
    case other

    /// The route of a request target; its query does not count.
    init(target: String) {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
        self = MockRoute(rawValue: path) ?? .other
    }
}

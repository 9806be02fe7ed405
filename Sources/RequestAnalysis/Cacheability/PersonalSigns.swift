import GatewayCore

extension PersonalReason {
    /// What of a text is a person's own: data by its shape or by how it is told, else a question about how things stand
    /// with what is the asker's. How something is done ("how do I cancel my order?") is asked by many, and is nobody's
    /// own. Pure; some microseconds, and no allocation for short texts.
    static func of(_ text: String) -> PersonalReason? {
        let bytes = text.utf8.span
        if PersonalShapes.first(in: bytes) != nil { return .data }
        return WordText.withWords(of: bytes) { words in
            var holdsData = false
            var states = 0
            var asksHow = false
            PersonalLexicon.automaton.scan(words) { index in
                switch PersonalLexicon.signs[index] {
                case .data: holdsData = true
                case .state: states += 1
                case .noState: states -= 1
                case .procedure: asksHow = true
                }
            }
            if holdsData { return .data }
            return states > 0 && !asksHow ? .state : nil
        }
    }

    /// Whether anything that is said in a part of a conversation is a person's own data.
    static func holdsData(_ message: JSONElement) -> Bool {
        guard let content = message["content"] else { return false }
        if let text = content.string { return of(text) == .data }
        return content.elements.contains { part in part["text"]?.string.map { of($0) == .data } ?? false }
    }
}

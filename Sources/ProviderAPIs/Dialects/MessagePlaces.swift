internal import GatewayCore

/// Where the messages of a conversation and their parts stand in the request they were read from. Found anew where
/// something is to be said of one: readers split messages and join items, and most requests leave nothing to say.
package struct MessagePlaces {
    /// One message of the conversation.
    struct Turn {
        let place: String
        /// Of each part.
        var parts: [String]
    }

    var turns: [Turn] = []
    /// The client's words for what stands behind a place: the first that begins as one of these.
    let words: [(hub: String, own: String)]

    init(words: [(hub: String, own: String)] = []) { self.words = words }

    /// The client's place of what is called `messages[1].content[0].detail` or so between the dialects; nil for what
    /// names no message.
    func place(of parameter: String) -> String? {
        guard let (index, behind) = Self.index(in: parameter[...], after: "messages["), turns.indices.contains(index)
        else { return nil }
        let turn = turns[index]
        guard let (part, rest) = Self.index(in: behind, after: ".content[") else {
            return turn.place + spelled(behind)
        }
        return turn.parts.indices.contains(part) ? turn.parts[part] + spelled(rest) : turn.place
    }

    /// The same for messages of which some may have changed since: what has other parts now is one place.
    func fitting(_ messages: [Message]) -> MessagePlaces? {
        guard turns.count == messages.count else { return nil }
        var places = self
        for (index, message) in messages.enumerated() where message.parts.count != turns[index].parts.count {
            places.turns[index].parts = []
        }
        return places
    }

    private func spelled(_ rest: Substring) -> String {
        guard let word = words.first(where: { rest.hasPrefix($0.hub) }) else { return String(rest) }
        return word.own + rest.dropFirst(word.hub.count)
    }

    /// The number behind `prefix`, and what follows its bracket.
    private static func index(in text: Substring, after prefix: String) -> (index: Int, rest: Substring)? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        guard let end = digits.firstIndex(of: "]"), let index = Int(digits[..<end]) else { return nil }
        return (index, digits[digits.index(after: end)...])
    }

    /// The places of the elements of a content, or of the one text that it is.
    static func parts(of content: JSONElement?, at place: String) -> [String] {
        guard let content else { return [] }
        if content.kind == .string { return [place] }
        return content.elements.enumerated().map { "\(place)[\($0.offset)]" }
    }
}

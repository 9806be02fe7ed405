import GatewayCore

/// What a judge has said. Doubt is a no: an answer has to be known to be right.
enum JudgeVerdict: Sendable, Equatable {
    case yes
    case no
    /// In so many words; it counts as a no.
    case unsure
    /// It did not answer the question, so nothing was learned.
    case unreadable

    private static let doubts: Set<Substring> = [
        "unsure", "uncertain", "unclear", "maybe", "perhaps", "possibly", "partly", "partially", "depends", "unknown",
    ]
    /// Words that may stand in front of the verdict.
    private static let lead: Set<Substring> = [
        "the", "my", "final", "answer", "verdict", "decision", "result", "reply", "is", "it", "would", "be",
    ]
    private static let jsonNames = ["verdict", "answer", "result", "decision", "reply"]
    /// Words of a reply that are looked at.
    private static let longest = 400

    /// Reads a reply: one word as a rule, with whatever models put around it. A yes must be the first word that counts,
    /// and nothing behind it may take it back.
    init(reading reply: String) {
        let reply = Self.withoutThoughts(reply)
        if let told = Self.member(of: reply) {
            self = told
            return
        }
        let words = reply.prefix(16_384).lowercased()
            .split { !($0.isLetter || $0 == "'" || $0 == "’") }.prefix(Self.longest)
        guard let first = words.first(where: { !Self.lead.contains($0) }) else {
            self = .unreadable
            return
        }
        let isDoubted = words.contains { Self.doubts.contains($0) } || Self.saysNotSure(words)
        switch first {
        case "yes": self = words.contains("no") ? .unsure : isDoubted ? .unsure : .yes
        case "no": self = .no
        default: self = isDoubted ? .unsure : .unreadable
        }
    }

    /// What a model that shows how it reasons says behind that.
    private static func withoutThoughts(_ reply: String) -> String {
        var rest = Substring(reply)
        while let close = rest.range(of: "</think>") { rest = rest[close.upperBound...] }
        return rest.contains("<think>") ? "" : String(rest)
    }

    /// Of a reply that is a JSON object, in a fence or not.
    private static func member(of reply: String) -> JudgeVerdict? {
        guard let open = reply.firstIndex(of: "{"), let close = reply.lastIndex(of: "}"), open < close,
            let root = try? JSONDocument(String(reply[open...close])).root
        else { return nil }
        for name in jsonNames {
            guard let value = root[name] else { continue }
            if let told = value.bool { return told ? .yes : .no }
            if let told = value.string, !told.contains("{") { return JudgeVerdict(reading: told) }
        }
        return .unreadable
    }

    private static func saysNotSure(_ words: ArraySlice<Substring>) -> Bool {
        for (first, second) in zip(words, words.dropFirst()) {
            switch first {
            case "not": if second == "sure" || second == "certain" { return true }
            case "cannot", "can't": if second == "tell" || second == "say" || second == "decide" { return true }
            default: continue
            }
        }
        return false
    }
}

extension Substring {
    /// Where a text of ASCII stands in it first.
    fileprivate func range(of text: StaticString) -> Range<Index>? {
        let wanted = Substring(text.description)
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}

/// A configuration of a peer with words between @ signs to fill in.
enum PeerTemplate {
    /// - Throws: when a word is unknown; what is no word (`@` with blanks behind it) stays.
    static func fill(_ text: String, _ values: [String: String]) throws(BenchError) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "@") {
            result += rest[..<start]
            let behind = rest[rest.index(after: start)...]
            let word = behind.prefix { $0 == "_" || ($0.isASCII && $0.isLowercase) }
            guard !word.isEmpty, word.endIndex < behind.endIndex, behind[word.endIndex] == "@" else {
                result += "@"
                rest = behind
                continue
            }
            guard let value = values[String(word)] else {
                throw BenchError("no value for @\(word)@; known are \(values.keys.sorted().joined(separator: ", "))")
            }
            result += value
            rest = behind[behind.index(after: word.endIndex)...]
        }
        return result + rest
    }
}

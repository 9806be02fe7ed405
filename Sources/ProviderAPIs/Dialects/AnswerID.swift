/// Names of answers: each dialect marks its own by a prefix, and what one has marked another one does not mark again.
enum AnswerID {
    private static let prefixes = ["chatcmpl-", "resp_", "msg_"]

    /// - Parameter prefix: of the dialect in which the answer is told.
    static func named(_ id: String, by prefix: String) -> String {
        if id.hasPrefix(prefix) { return id }
        var stem = id[...]
        while let foreign = prefixes.first(where: stem.hasPrefix), stem.utf8.count > foreign.utf8.count {
            stem = stem.dropFirst(foreign.count)
        }
        return prefix + stem
    }
}

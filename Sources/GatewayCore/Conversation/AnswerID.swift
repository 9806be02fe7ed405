/// Names of answers. Each dialect marks its own with a prefix, and an answer goes from one to the other.
package enum AnswerID {
    private static let prefixes = ["chatcmpl-", "msg_", "resp_"]

    /// The name of an answer as one dialect spells it: with its prefix in place of those of others.
    package static func spelled(_ id: String, with prefix: String) -> String {
        if id.hasPrefix(prefix) { return id }
        var bare = id[...]
        while let other = prefixes.first(where: { bare.hasPrefix($0) }) { bare = bare.dropFirst(other.count) }
        return prefix + bare
    }
}

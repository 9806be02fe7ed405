import GatewayCore

/// What stands in the wall of a request beside its own words, and what of them does not.
struct CacheWall {
    /// The digest of the one person who may be served.
    var user: String?
    /// What was said before the question, where it does not count.
    var history: (first: JSONElement, end: JSONElement)?
    /// Whether the question was put by its caller, beside the messages: such answers stand for themselves, as nothing
    /// but the caller's word says that they belong to it.
    var isCallersQuestion = false
}

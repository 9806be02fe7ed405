/// How the cache decides and how long it remembers.
package struct CacheConfiguration: Sendable {
    /// Off: every request goes to a provider and nothing is stored.
    package var mode: Mode = .semantic
    /// The least cosine between two questions that may share an answer, 0 to 1.
    package var threshold: Float = 0.93
    /// How many of the most similar candidates are looked at before giving up.
    package var candidates = 4
    /// The life of an answer, counted from its creation; being served does not prolong it.
    package var timeToLive: Duration = .seconds(24 * 60 * 60)
    /// For how much of its life an answer is fresh, and what happens then.
    package var freshness = FreshnessRules()
    /// Larger answers are not stored, in bytes of JSON.
    package var answerBytesLimit = 256 * 1024
    /// How many queries may wait for the scan thread; beyond it a request is a miss.
    package var scanQueueLimit = 4096

    /// For how long an answer may be served from this process's memory without asking the store: so long may another
    /// replica's deletion go unnoticed at most. Zero serves nothing from memory.
    package var l1Staleness: Duration = .zero
    /// Memory for hot answers, in bytes; used only with a staleness above zero.
    package var l1BytesLimit = 64 << 20

    package init() {}

    /// What is looked for.
    package enum Mode: String, Sendable, CaseIterable {
        case off
        case exact
        case semantic
    }
}

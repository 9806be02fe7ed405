package import GatewayCore

/// How the cache decides and how long it remembers.
package struct CacheConfiguration: Sendable {
    /// Off: every request goes to a provider and nothing is stored.
    package var mode: Mode = .semantic
    /// What an answer must meet that was given to another question.
    package var standards = HitStandards()
    /// A file of calibrations for other encoders than the one that comes with the program; nil for none.
    package var calibrations: String?
    /// How many of the most similar candidates are looked at before giving up, with a threshold.
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

    /// Which requests share one call.
    package var coalescing: Coalescing = .fleet
    /// How long a request waits for the call of another replica before it makes its own.
    package var coalescingWait: Duration = .seconds(15)
    /// A request that asks for a higher temperature makes its own call.
    package var coalescingTemperature = 1.0
    /// What is kept of streams for those who share them, in bytes.
    package var coalescingBytesLimit = 64 << 20
    /// Whether questions stand in the store as they were asked. Without them operators are shown none, and the guard's
    /// features stand there instead.
    package var storesPrompts = true

    /// What the entries of tenants are encrypted with that have no key of their own; nil: they are not.
    package var encryptionKey: Secret?
    /// How many tokens a second of a stored answer are streamed to callers that do not say; 0: all at once.
    package var replayRate = 0
    /// Which answers are kept.
    package var admission = AdmissionRules()
    /// When a question is found by meaning.
    package var sight = SightRule()
    /// How much each tenant may store.
    package var quotas = QuotaRules()

    /// Who looks into stored answers.
    package var audit = AuditRules()
    /// What is recorded of decisions.
    package var record = LookupRecording()

    package init() {}

    /// Whose requests share one call.
    package enum Coalescing: String, Sendable, CaseIterable {
        case off
        /// Those of this process.
        case process
        /// Those of all replicas.
        case fleet
    }

    /// What is looked for.
    package enum Mode: String, Sendable, CaseIterable {
        case off
        case exact
        case semantic
    }
}

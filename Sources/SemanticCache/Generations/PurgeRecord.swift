package import GatewayCore

/// What is known of a tenant's purges at one moment. Pure.
package struct PurgeRecord: Sendable {
    /// Whether an entry may be served.
    package enum Verdict: Sendable, Equatable {
        case current
        case purged
        /// What is known does not tell: these must be read, see ``PurgeRecord/learn(_:)``.
        case unknown(fields: [String])
    }

    /// The newest purge.
    package private(set) var newest: CacheGeneration
    /// By name, when it was purged last, as of `newest`; zero for never.
    private var purges: [String: Int64]
    /// Whether a name that is not among them was never purged.
    private let isWhole: Bool

    /// Names beyond these are read again when they are needed.
    private static let limit = 4096

    /// - Parameters:
    ///   - purges: by ``PurgeScope/field``; for ``PurgeScope/before(_:)`` a time.
    ///   - isWhole: whether nothing else was ever purged.
    package init(newest: CacheGeneration, purges: [String: Int64] = [:], isWhole: Bool = false) {
        self.newest = newest
        self.purges = purges
        self.isWhole = isWhole
    }

    /// One purge and no other: tells which entries it is about.
    package init(ending scope: PurgeScope, at generation: CacheGeneration) {
        self.init(newest: generation, isWhole: true)
        purge(scope, at: generation)
    }

    /// Whether no purge since the entry was asked for is about it. Another name of one ends with either: the entry, or
    /// who asked the question.
    package func verdict(on entry: StoredEntry) -> Verdict {
        // What an operator wrote has a date of its own, or none.
        let created = entry.curation == nil ? entry.created : nil
        let own = verdict(on: entry.labels, answering: entry.model, made: created, since: entry.generation)
        guard let alias = entry.alias else { return own }
        switch (own, verdict(on: alias.labels, answering: nil, made: nil, since: alias.generation)) {
        case (.purged, _), (_, .purged): return .purged
        case (.unknown(let fields), .unknown(let others)): return .unknown(fields: fields + others)
        case (.unknown, .current): return own
        case (.current, let other): return other
        }
    }

    /// - Parameter created: nil for what no purge by age is about.
    private func verdict(
        on labels: EntryLabels?, answering model: String?, made created: UnixTime?, since generation: CacheGeneration?
    ) -> Verdict {
        guard let generation, let labels else { return .purged }
        // The usual case: nothing was purged since. What is ahead of the count comes from a store that has lost some.
        if generation == newest { return .current }
        if generation > newest { return .purged }
        guard let fields = labels.fields(answering: model) else { return .purged }
        var missing: [String] = []
        for field in fields {
            if field == PurgeScope.ageField, created == nil { continue }
            guard let purged = purges[field] ?? (isWhole ? 0 : nil) else {
                missing.append(field)
                continue
            }
            let isOver = field == PurgeScope.ageField
                ? created.map { $0.milliseconds < purged } ?? false : purged > generation.value
            if isOver { return .purged }
        }
        return missing.isEmpty ? .current : .unknown(fields: missing)
    }

    /// Takes what the store said later or at the same time; what it said earlier is left out.
    package mutating func learn(_ other: PurgeRecord) {
        if other.newest < newest { return }
        if other.newest > newest || purges.count + other.purges.count > Self.limit {
            purges = other.purges
        } else {
            purges.merge(other.purges) { _, new in new }
        }
        newest = other.newest
    }

    /// Notes a purge; all names are known still.
    mutating func purge(_ scope: PurgeScope, at generation: CacheGeneration) {
        newest = max(newest, generation)
        if case .before(let time) = scope {
            purges[scope.field] = max(purges[scope.field] ?? 0, time.milliseconds)
        } else {
            purges[scope.field] = generation.value
        }
    }
}

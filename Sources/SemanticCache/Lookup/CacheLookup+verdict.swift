import GatewayCore

/// Whether an entry may be served that the store still has.
enum EntryVerdict {
    case serves
    /// It is past its life.
    case stale
    case refused(MissReason)
}

extension CacheLookup {
    /// The last look at an entry before it is served, whichever way it was found.
    /// - Parameter likeness: of the entry's question to the request's; nil where they are one.
    func verdict(
        on entry: StoredEntry, for request: AnalyzedRequest, _ likeness: QuestionLikeness?, at now: UnixTime
    ) -> EntryVerdict {
        if isVetoed(entry, for: request) { return .refused(.vetoed) }
        let refusal = likeness.flatMap { self.refusal(of: entry, $0, at: now) }
        if refusal == .distractor { return .refused(.distractor) }
        if entry.expires <= now { return .stale }
        let isFresh = request.directives.accepts(created: entry.created, freshUntil: entry.freshUntil, now: now)
        return refusal == nil && isFresh ? .serves : .refused(.notFresh)
    }

    /// Whether the entry was called wrong as the answer to this very question.
    func isVetoed(_ entry: StoredEntry, for request: AnalyzedRequest) -> Bool {
        guard !entry.vetoes.isEmpty, let question = request.place?.entry else { return false }
        return entry.vetoes.contains(question)
    }

    /// Why an entry is not for a question that is only like its own: an operator's, if that is nearer to something it
    /// must not be served to, and any other, if it is too old for what the question is about.
    func refusal(of entry: StoredEntry, _ likeness: QuestionLikeness, at now: UnixTime) -> MissReason? {
        // Age says nothing of an answer that its operator keeps up to date.
        if let curation = entry.curation {
            let isDistracted = curation.distracts(likeness.embedding, from: likeness.similarity, encoder: encoder)
            return isDistracted ? .distractor : nil
        }
        guard let longest = likeness.longestAge, now - entry.created > longest else { return nil }
        return .notFresh
    }
}

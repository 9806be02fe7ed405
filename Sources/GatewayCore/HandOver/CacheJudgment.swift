/// How far the cache may go for a request, why, and with whom its answer may be shared. Made by RequestAnalysis; told
/// by `POST /v1/explain`, by a header to who asks for it, and by metrics.
package struct CacheJudgment: Sendable, Equatable {
    package let cacheability: Cacheability
    package let reason: CacheabilityReason
    package var sharing = AnswerSharing.tenant
    /// What about the request is a person's own; nil when nothing was found.
    package var personal: PersonalReason?

    package init(_ cacheability: Cacheability, _ reason: CacheabilityReason) {
        self.cacheability = cacheability
        self.reason = reason
    }

    /// Whether similar questions are looked for at all.
    package var isSearched: Bool { cacheability == .semantic || cacheability == .thread }

    /// Whether an answer may be kept, if admission finds nothing against it.
    package var isKept: Bool {
        if case .never = cacheability { return false }
        return sharing != .nobody
    }
}

/// With whom the answer to a request may be shared. The raw value is a metric label.
package enum AnswerSharing: String, Sendable, CaseIterable {
    /// With everybody behind the same wall.
    case tenant
    /// With the same user: it is a part of the wall.
    case user
    /// With nobody, as nobody knows whose it is: it is not kept.
    case nobody
}

/// What about a request is a person's own.
package enum PersonalReason: String, Sendable, CaseIterable {
    /// It holds something by which a person is known: an address, a number, a name that is given as one's own.
    case data
    /// It asks how things stand with what is the asker's own, such as an order or a balance.
    case state
    /// The configuration keeps all users apart.
    case always
}

/// The class of a request. The raw value is a metric label.
package enum CacheClass: String, Sendable, CaseIterable {
    /// Neither looked up nor stored.
    case never
    /// For exactly the same request only.
    case exact
    /// For similar questions in the same conversation.
    case thread
    /// For similar questions.
    case semantic
}

/// Why a request is of its class. The raw value is a metric label.
package enum CacheabilityReason: String, Sendable, CaseIterable {
    /// `x-refrain-cache-mode: off`.
    case callerOff = "caller_off"
    /// The route's `cache: off`.
    case routeOff = "route_off"
    /// The last message is a tool's: it is of the moment.
    case toolResult = "tool_result"
    /// The route's `cache: exact`.
    case routeExact = "route_exact"
    /// A tool has said something earlier.
    case toolHistory = "tool_history"
    /// The last message is no user's, or more than one plain text.
    case noQuestion = "no_question"
    case blankQuestion = "blank_question"
    case longQuestion = "long_question"
    /// Several choices are a set; which of them a similar question would get is not defined.
    case severalChoices = "several_choices"
    /// It names something that was said before ("it", "the second one").
    case referent
    /// It begins as one goes on ("and", "what about").
    case opener
    /// It is too short to stand alone.
    case ellipsis
    /// Its language is not known, so nothing can be said of it.
    case unknownLanguage = "unknown_language"
    /// It stands alone, but its route keeps conversations apart.
    case conversation
    /// It stands alone.
    case selfContained = "self_contained"
    /// The caller has said what is asked, with `x-refrain-cache-query`.
    case callerQuery = "caller_query"

    package var ofClass: CacheClass {
        switch self {
        case .callerOff, .routeOff, .toolResult: .never
        case .routeExact, .toolHistory, .noQuestion, .blankQuestion, .longQuestion, .severalChoices: .exact
        case .referent, .opener, .ellipsis, .unknownLanguage, .conversation: .thread
        case .selfContained, .callerQuery: .semantic
        }
    }
}

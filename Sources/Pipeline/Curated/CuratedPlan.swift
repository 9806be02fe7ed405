import GatewayCore
import RequestAnalysis
import SemanticCache

/// One curated answer on its way into the cache: the requests that it answers, as they will come.
struct CuratedPlan: Sendable {
    let answer: CuratedAnswer
    /// As a provider would have given it.
    let reply: ChatAnswer
    let digest: String
    /// For each of its questions; of two that fold alike, one.
    let requests: [AnalyzedRequest]

    var entries: [EntryID] { requests.compactMap { $0.place?.entry } }

    /// Every text that needs a vector.
    var texts: [String] {
        requests.filter(\.judgment.isSearched).compactMap(\.question) + answer.distractors
    }
}

/// What a caller's HTTP headers say to the gateway, before anything was made of it.
package struct CallerHeaders: Sendable {
    /// The key from `Authorization: Bearer …` (or `api-key`), without the scheme.
    package var key: String?
    /// All values of `Cache-Control`, in their order.
    package var cacheControl: [String] = []
    /// `x-refrain-cache-mode`.
    package var cacheMode: String?
    /// `x-refrain-cache-ttl`: seconds.
    package var cacheTTL: String?
    /// `x-refrain-cache-threshold`: the least cosine.
    package var cacheThreshold: String?
    /// `x-refrain-cache-max-wrong-hits`: a share such as `0.5%`.
    package var maxWrongHits: String?
    /// `x-refrain-cache-namespace`: a wall of the caller's own inside its tenant.
    package var namespace: String?
    /// All values of `x-refrain-cache-tags`.
    package var tags: [String] = []
    /// `x-refrain-cache-replay-rate`: how many tokens a second of a stored answer are streamed.
    package var replayRate: String?
    /// `x-refrain-cache-query`: what is asked, in words that stand alone.
    package var query: String?
    /// Who asks, by the header that the configuration names.
    package var user: String?
    /// `x-refrain-explain`: whether the caller wants to be told the class of its request.
    package var wantsReasons = false
    /// `x-refrain-session`, or what a program of an agent calls its session: requests of one conversation.
    package var session: String?
    /// `x-refrain-metadata`: labels as a JSON object.
    package var metadata: String?
    /// `x-refrain-template`: one of the templates of the route, as `name@version`.
    package var template: String?
    /// `x-refrain-variables`: what stands in the template's places, as a JSON object.
    package var variables: String?
    /// `x-refrain-priority`: `interactive`, `default` or `batch`.
    package var priority: String?
    /// `x-request-timeout-ms`: how long the caller waits for the answer.
    package var timeout: Duration?

    /// `x-refrain-api`: in which API a request is written that does not come by that API's own path.
    package var api: String?
    /// Headers by which an API's clients change what they get, such as `anthropic-beta`; names in lower case.
    package var ofAPI: [(name: String, value: String)] = []

    package init() {}
}

/// Whose answers a request may see: a tenant, and a namespace of its own choice inside.
package struct CacheScope: Sendable, Hashable {
    package let tenant: TenantID
    package let namespace: String

    package init(tenant: TenantID, namespace: String = "") {
        self.tenant = tenant
        self.namespace = namespace
    }
}

package import GatewayCore
package import SemanticCache

/// A question whose answer may be looked into, and what its request allows.
package struct AuditSubject: Sendable {
    package let request: RequestID
    package let tenant: TenantID
    /// The request's own labels: what they forbid to its model they forbid to a judge.
    package let labels: [String: String]
    package let question: String
    /// Where the question's own answer stands.
    package let place: CachePlace
    package let vector: EntryVector?
    /// By what its answer, and with it the question, can be forgotten.
    package let cacheLabels: CacheLabels
    /// The newest purge there was when it was asked; nil where nobody knows: then it becomes no other name.
    package let generation: CacheGeneration?
}

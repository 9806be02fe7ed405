package import GatewayCore

/// What decides a request's place in the cache.
package struct RequestAnalysisConfiguration: Sendable {
    /// The key of all digests, shared by the fleet. Who knows it can test whether a question was asked.
    package var key = Secret("")
    /// Raising it leaves every stored answer behind.
    package var epoch = 1
    /// How deep the JSON of a body may nest.
    package var depthLimit = 64
    /// Longer questions are looked up exactly only.
    package var questionBytesLimit = 8 * 1024

    /// When who asks becomes a part of the wall.
    package var userScope = UserScope.personal
    /// A header that says who asks, before the body does; nil for none.
    package var userHeader: String?

    /// Prompts of the operator, by what routes call them.
    package var templates: [PromptTemplate] = []

    package init() {}
}

package import GatewayCore

extension RequestAnalyzer {
    /// What routing needs to know of a request. Call it only for routes that look at it.
    ///
    /// Pure; linear in the text of the body.
    /// - Parameter metadata: the value of `x-refrain-metadata`.
    /// - Throws: `invalidRequest` for a metadata header that cannot be understood.
    package func traits(of request: ChatRequest, metadata: String? = nil) throws(GatewayError) -> RequestTraits {
        try TraitsReader.read(request, metadata: metadata)
    }
}

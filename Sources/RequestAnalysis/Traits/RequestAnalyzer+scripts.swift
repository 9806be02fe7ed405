package import GatewayCore

extension RequestAnalyzer {
    /// The bytes of one text by script class, for estimates of its tokens. Linear in the text.
    package func scripts(of text: String) -> ScriptBytes {
        var scan = ScriptScan()
        scan.scan(Array(text.utf8).span)
        return scan.bytes
    }

    /// What routing needs to know of texts that are to be embedded: each has the model's window to itself, and nothing
    /// is written.
    /// - Parameters:
    ///   - other: bytes of input that is no text.
    ///   - metadata: the value of `x-refrain-metadata`.
    /// - Throws: `invalidRequest` for a metadata header that cannot be understood.
    package func traits(
        embedding texts: [String], other: Int, metadata: String?
    ) throws(GatewayError) -> RequestTraits {
        var traits = RequestTraits()
        traits.maxTokens = 0
        traits.sharesWindow = false
        traits.text.user.latin = other
        for text in texts { traits.text.user += scripts(of: text) }
        traits.metadata = try RequestMetadata.read(body: nil, header: metadata)
        return traits
    }
}

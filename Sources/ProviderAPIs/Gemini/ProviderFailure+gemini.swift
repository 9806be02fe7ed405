internal import GatewayCore
internal import NIOCore

extension ProviderFailure {
    static func malformedGemini(_ message: String) -> ProviderFailure {
        ProviderFailure(.malformedAnswer, message: "an answer of Gemini \(message)")
    }

    /// Corrects what the status alone says wrong: a refused key and a country without service are 400 here, as is a
    /// prompt that is too long.
    func readAsGemini(_ body: ByteBuffer?) -> ProviderFailure {
        guard kind == .badRequest else { return self }
        let said = ProviderErrorBody(body)
        let reasons = said.error?["details"]?.elements.prefix(16).compactMap { $0["reason"]?.string } ?? []
        let text = message.lowercased()
        // A country without service and an account without billing share their status with files that are not ready.
        let isClosed = said.codes.contains("failed_precondition")
            && (text.contains("location is not supported") || text.contains("billing"))
        if isClosed || reasons.contains(where: { $0.hasPrefix("API_KEY_") }) { return called(.auth) }
        if text.contains("input token count") || text.contains("input context is too long") {
            return called(.contextTooLong)
        }
        // Vertex refuses some prompts before any model reads them.
        let isPolicy = text.contains("responsible ai practices") || text.contains("usage guidelines")
        return isPolicy ? called(.contentPolicy) : self
    }

    /// Reads an error object inside a stream, or in a body with status 200: delays and quotas as in a refusal.
    static func gemini(_ root: JSONElement) -> ProviderFailure {
        let body = root.document.text
        let failure = classify(root, otherwise: .streamError)
        guard let status = failure.status else { return failure.readAsGemini(body) }
        return classify(status: status, headers: [], body: body, now: 0).readAsGemini(body)
    }
}

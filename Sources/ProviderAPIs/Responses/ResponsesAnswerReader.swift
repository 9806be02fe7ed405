internal import GatewayCore
internal import NIOCore

/// Reads a whole `response` object.
enum ResponsesAnswerReader {
    /// - Throws: ``ProviderFailure``: `malformedAnswer` for what is no response or not over, and what the error in a
    ///   failed one says.
    static func read(_ body: ByteBuffer) throws(ProviderFailure) -> Answer {
        let root = try OpenAIChat.parse(body).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be an object, found \(root.kind)") }
        try check(root)
        guard let output = root["output"], output.kind == .array else {
            throw OpenAIChat.malformed("must have an array 'output'")
        }
        var answer = Answer()
        answer.id = root["id"]?.string
        answer.model = root["model"]?.string
        // Some servers send a fraction.
        answer.created = created(root)
        answer.serviceTier = root["service_tier"]?.string
        answer.usage = ResponsesUsage.read(root["usage"])
        var choice = AnswerChoice()
        var reader = ResponsesOutputReader()
        var logprobs: [JSONText] = []
        for item in output.elements where item.kind == .object {
            choice.parts += reader.parts(of: item)
            for part in item["content"]?.elements.map({ $0 }) ?? [] {
                logprobs += part["logprobs"]?.elements.map(JSONText.init) ?? []
            }
        }
        choice.logprobs = JSONText(responses: logprobs)
        let end = ResponsesEnd(root, hasCalls: !Message(.assistant, choice.parts).toolCalls.isEmpty)
        (choice.finish, choice.nativeFinish) = (end.finish, end.native)
        answer.choices = [choice]
        return answer
    }

    static func created(_ response: JSONElement) -> Int? {
        response["created_at"].flatMap { $0.integer ?? $0.double.flatMap { Int(exactly: $0.rounded(.down)) } }
    }

    private static func check(_ root: JSONElement) throws(ProviderFailure) {
        if ProviderErrorBody.isError(root) { throw .classify(root, otherwise: .serverError) }
        switch root["status"]?.string {
        case "failed": throw .classify(root, otherwise: .serverError)
        case "cancelled": throw ProviderFailure(.serverError, message: "the response was cancelled")
        case "queued", "in_progress": throw OpenAIChat.malformed("must be whole, found one that is not over")
        default: return
        }
    }
}

extension JSONText {
    /// Chat Completions' `logprobs` of these elements; nil without any.
    init?(responses elements: [JSONText]) {
        guard !elements.isEmpty else { return nil }
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.array("content") { for element in elements { $0.json(element) } }
            json.null("refusal")
        }
        self.init(valid: json.bytes)
    }
}

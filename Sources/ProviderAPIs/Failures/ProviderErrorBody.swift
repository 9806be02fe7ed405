internal import GatewayCore
internal import NIOCore

/// What stands in the body of a refusal, whatever shape the vendor gave it: OpenAI's object under `error`, a string
/// under `error`, a list with one such object, or the members at the top.
struct ProviderErrorBody {
    /// The codes in lower case, the most exact first.
    private(set) var codes: [String] = []
    /// In lower case.
    private(set) var type: String?
    private(set) var message: String?
    /// A code that is an HTTP status.
    private(set) var numericCode: Int?
    /// What holds code and message; nil for a body that is no JSON.
    private(set) var error: JSONElement?

    init(_ body: ByteBuffer?) {
        guard let body, body.readableBytes > 0 else { return }
        if let document = try? JSONDocument(body) {
            read(document.root)
        } else {
            // Not JSON, such as a proxy's page: its beginning goes to the log.
            var start = body
            message = start.readSlice(length: min(512, body.readableBytes)).map { String(buffer: $0) }
        }
    }

    init(_ root: JSONElement) {
        read(root)
    }

    private mutating func read(_ root: JSONElement) {
        var elements = root.elements
        let object = root.kind == .array ? elements.next() ?? root : root
        let error = object["error"].flatMap { $0.isNull ? nil : $0 } ?? object
        self.error = error
        let code = error["code"]
        codes = [error["innererror"]?["code"], code, error["status"]].compactMap { $0?.string?.lowercased() }
        type = error["type"]?.string?.lowercased()
        // OpenAI repeats `insufficient_quota` as the type, and some vendors send it nowhere else.
        if type == "insufficient_quota" { codes.append("insufficient_quota") }
        numericCode = code?.integer ?? code?.string.flatMap { Int($0) } ?? object["status"]?.integer
        message = error.string ?? error["message"]?.string ?? object["message"]?.string ?? Self.detail(object)
            ?? object["message"].flatMap(Self.detail)
    }

    /// Whether the object is an error and no answer: `error` is not null, or it calls itself one.
    static func isError(_ root: JSONElement) -> Bool {
        if let error = root["error"], !error.isNull { return true }
        return root["object"]?.string == "error"
    }

    /// Phrases of vendors that send no code of their own for a prompt that does not fit.
    var speaksOfContextLength: Bool {
        guard let text = message?.lowercased() else { return false }
        let phrases = [
            "maximum context length", "context length exceeded", "context window", "context_length",
            "prompt is too long", "input is too long", "exceeds the maximum number of tokens", "maximum prompt length",
        ]
        return phrases.contains { text.contains($0) }
    }

    /// `detail` of servers made with FastAPI: a string, or a list of mistakes.
    private static func detail(_ object: JSONElement) -> String? {
        guard let detail = object["detail"] else { return nil }
        return detail.string ?? detail.elements.lazy.compactMap { $0["msg"]?.string }.first
    }
}

import GatewayCore
import NIOHTTP1

extension CallerHeaders {
    /// Reads what callers may say. `api-key` is how Azure's clients send their key, `x-api-key` how Anthropic's do.
    /// - Parameter userHeader: the header that says who asks; nil for none.
    init(_ headers: HTTPHeaders, userHeader: String? = nil) {
        self.init()
        key = Self.bearer(headers.first(name: "authorization")) ?? headers.first(name: "api-key")
            ?? headers.first(name: "x-api-key")
        cacheControl = headers["cache-control"]
        cacheMode = headers.first(name: "x-refrain-cache-mode")
        cacheTTL = headers.first(name: "x-refrain-cache-ttl")
        cacheThreshold = headers.first(name: "x-refrain-cache-threshold")
        maxWrongHits = headers.first(name: "x-refrain-cache-max-wrong-hits")
        namespace = headers.first(name: "x-refrain-cache-namespace")
        tags = headers["x-refrain-cache-tags"]
        replayRate = headers.first(name: "x-refrain-cache-replay-rate")
        query = headers.first(name: "x-refrain-cache-query").map(ExtendedValue.decode)
        user = userHeader.flatMap { headers.first(name: $0) }
        wantsReasons = headers.contains(name: "x-refrain-explain")
        session = Self.sessions.lazy.compactMap { headers.first(name: $0) }.first { !$0.isEmpty }
        metadata = headers.first(name: "x-refrain-metadata")
        template = headers.first(name: "x-refrain-template")
        variables = headers.first(name: "x-refrain-variables")
        priority = headers.first(name: "x-refrain-priority")
        api = headers.first(name: "x-refrain-api")
        ofAPI = Self.ofAPI(headers)
        timeout = headers.first(name: "x-request-timeout-ms").flatMap(Self.milliseconds)
    }

    /// Headers of Anthropic's clients, of which some change the answer.
    private static func ofAPI(_ headers: HTTPHeaders) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for (name, value) in headers where isOfAPI(name) {
            found.append((name.lowercased(), value))
        }
        return found
    }

    /// Byte by byte: to compare characters takes as long as all else here.
    private static func isOfAPI(_ name: String) -> Bool {
        name.utf8.count >= prefix.count && zip(name.utf8, prefix).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    private static let prefix = Array("anthropic-".utf8)

    /// Our own, then those that programs of agents send by themselves.
    private static let sessions = ["x-refrain-session", "x-claude-code-session-id", "x-session-id", "session_id"]

    /// A whole number without a sign; more than a day counts as a day. Nil for anything else.
    private static func milliseconds(_ text: String) -> Duration? {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(text)
        else { return nil }
        return .milliseconds(min(number, 86_400_000))
    }

    /// The token of a `Bearer` credential (RFC 6750, section 2.1); nil for other schemes.
    private static func bearer(_ authorization: String?) -> String? {
        let parts = authorization?.split(separator: " ") ?? []
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}

import GatewayCore
import NIOHTTP1

extension CallerHeaders {
    /// Reads what callers may say. `api-key` is how Azure's clients send their key.
    init(_ headers: HTTPHeaders) {
        self.init()
        key = Self.bearer(headers.first(name: "authorization")) ?? headers.first(name: "api-key")
        cacheControl = headers["cache-control"]
        cacheMode = headers.first(name: "x-refrain-cache-mode")
        namespace = headers.first(name: "x-refrain-cache-namespace")
        session = headers.first(name: "x-refrain-session")
        metadata = headers.first(name: "x-refrain-metadata")
    }

    /// The token of a `Bearer` credential (RFC 6750, section 2.1); nil for other schemes.
    private static func bearer(_ authorization: String?) -> String? {
        let parts = authorization?.split(separator: " ") ?? []
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}

package import GatewayCore
package import NIOCore
package import Routing

/// What would become of a request: the answer of `POST /v1/explain`.
package struct RequestExplanation: Sendable {
    /// How the request was read.
    package let api: ClientAPI
    package let model: String
    package let cache: CachePreview
    package let routing: RouteExplanation
    /// The request's own labels and size, as routing sees them.
    package let traits: RequestTraits

    package var json: ByteBuffer {
        var json = JSONWriter.object { writer in
            writer.member("object", "route.explanation")
            writer.member("api", api.rawValue)
            writer.member("model", model)
            if routing.candidates.isEmpty {
                let isRefused = routing.excluded.isEmpty
                writer.member(
                    "refused", (isRefused ? GatewayErrorCode.noCompliantTarget : .providerFailed).rawValue)
            }
            writer.object("cache") { cache.write(into: &$0) }
            writer.object("request") { writer in
                writer.member("task", traits.task.rawValue)
                writer.member("text_bytes", traits.text.total.total)
                writer.member("max_tokens", orNull: traits.maxTokens)
                writer.member("needs", traits.needs.names.joined(separator: " "))
            }
            writer.object("routing") { routing.write(into: &$0) }
        }
        json.writeStaticString("\n")
        return json
    }
}

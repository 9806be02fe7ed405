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
        var writer = JSONObjectWriter()
        writer.text("object", "route.explanation")
        writer.text("api", api.rawValue)
        writer.text("model", model)
        if routing.candidates.isEmpty {
            let isRefused = routing.excluded.isEmpty
            writer.text(
                "refused", (isRefused ? GatewayErrorCode.noCompliantTarget : .providerFailed).rawValue)
        }
        writer.object("cache") { cache.write(into: &$0) }
        writer.object("request") { writer in
            writer.text("task", traits.task.rawValue)
            writer.integer("text_bytes", traits.text.total.total)
            writer.integer("max_tokens", traits.maxTokens)
            writer.text("needs", traits.needs.names.joined(separator: " "))
        }
        writer.object("routing") { routing.write(into: &$0) }
        var json = writer.finished()
        json.writeStaticString("\n")
        return json
    }
}

import GatewayCore
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline
import Telemetry

/// `POST /v1/chat/completions`.
struct ChatCompletionsRoute {
    let pipeline: Pipeline
    let bodyBytesLimit: Int

    func add(to router: Hummingbird.Router<GatewayRequestContext>) {
        router.post("/v1/chat/completions") { request, context in await respond(to: request, context) }
    }

    private func respond(to request: Request, _ context: GatewayRequestContext) async -> Response {
        let exchange = Exchange(recorder: pipeline.recorder, client: ConnectedClient(channel: context.channel))
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: bodyBytesLimit)
        } catch is NIOTooManyBytesError {
            let refusal = GatewayError(.bodyTooLarge, "the body must be at most \(bodyBytesLimit) bytes")
            // The rest of the body is not wanted: the client is told to stop by the end of the connection.
            return response(Reply(refusing: refusal, exchange: exchange), closing: context.channel)
        } catch {
            let refusal = GatewayError(.clientGone, "the body ended before its end")
            return response(Reply(refusing: refusal, exchange: exchange), closing: context.channel)
        }
        let headers = CallerHeaders(request.headers)
        return response(await pipeline.respond(to: body, headers: headers, exchange: exchange))
    }

    /// - Parameter closing: the connection, when no other request can come on it.
    private func response(_ reply: Reply, closing connection: (any Channel)? = nil) -> Response {
        var fields = HTTPFields(reply)
        if connection != nil { fields[.connection] = "close" }
        let exchange = reply.exchange
        let body = ResponseBody(contentLength: reply.length) { writer in
            do {
                switch reply.body {
                case .json(let json): try await writer.write(json)
                case .frames(let frames): for frame in frames { try await writer.write(frame) }
                case .stream(let tee): while let frame = await tee.next() { try await writer.write(frame) }
                }
                exchange.finish(isClientGone: false)
                try await writer.finish(nil)
                // Our side alone: closing both with bytes unread would reset the connection and take the answer back.
                connection?.close(mode: .output, promise: nil)
            } catch {
                exchange.finish(isClientGone: true)
                throw error
            }
        }
        return Response(status: .init(code: reply.status), headers: fields, body: body)
    }
}

extension CallerHeaders {
    /// Reads what callers may say. `api-key` is how Azure's clients send their key.
    init(_ fields: HTTPFields) {
        self.init()
        key = Self.bearer(fields[.authorization]) ?? fields[.apiKey]
        cacheControl = fields[values: .cacheControl]
        cacheMode = fields[.cacheMode]
        namespace = fields[.cacheNamespace]
    }

    /// The token of a `Bearer` credential (RFC 6750, section 2.1); nil for other schemes.
    private static func bearer(_ authorization: String?) -> String? {
        let parts = authorization?.split(separator: " ") ?? []
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}

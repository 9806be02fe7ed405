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
        } catch {
            let refusal = GatewayError(
                .bodyTooLarge, "the body must be at most \(bodyBytesLimit) bytes and arrive whole")
            // What is left of the body is not read, so the connection cannot be used again.
            return response(Reply(refusing: refusal, exchange: exchange), closesConnection: true)
        }
        let headers = CallerHeaders(request.headers)
        return response(await pipeline.respond(to: body, headers: headers, exchange: exchange))
    }

    private func response(_ reply: Reply, closesConnection: Bool = false) -> Response {
        let exchange = reply.exchange
        var fields = HTTPFields(reply)
        if closesConnection { fields[.connection] = "close" }
        let body: ResponseBody
        switch reply.body {
        case .json(let json):
            body = ResponseBody(contentLength: json.readableBytes) { writer in
                try await recording(exchange) { try await writer.write(json) }
                try await writer.finish(nil)
            }
        case .frames(let frames):
            body = ResponseBody(contentLength: frames.reduce(0) { $0 + $1.readableBytes }) { writer in
                try await recording(exchange) { for frame in frames { try await writer.write(frame) } }
                try await writer.finish(nil)
            }
        case .stream(let tee):
            body = ResponseBody { writer in
                try await recording(exchange) {
                    while let frame = await tee.next() { try await writer.write(frame) }
                }
                try await writer.finish(nil)
            }
        }
        return Response(status: .init(code: reply.status), headers: fields, body: body)
    }

    /// Finishes the exchange when the last byte is with the socket, or could not be.
    private func recording(_ exchange: Exchange, _ write: () async throws -> Void) async throws {
        do {
            try await write()
            exchange.finish(isClientGone: false)
        } catch {
            exchange.finish(isClientGone: true)
            throw error
        }
    }
}

extension CallerHeaders {
    /// Reads what callers may say. `api-key` is how Azure's clients send their key.
    init(_ fields: HTTPFields) {
        self.init()
        if let authorization = fields[.authorization] {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "bearer" { key = String(parts[1]) }
        } else {
            key = fields[.apiKey]
        }
        cacheControl = fields[values: .cacheControl]
        cacheMode = fields[.cacheMode]
        namespace = fields[.cacheNamespace]
    }
}

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
        var fields = HTTPFields(reply)
        if closesConnection { fields[.connection] = "close" }
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

import GatewayCore
import NIOCore
import NIOHTTP1
import Pipeline
import Policy
import Telemetry

/// What goes through the pipeline: questions to a model, and what is recorded as they are.
struct AnswerRoute {
    /// What is asked for.
    enum Question {
        /// `POST /v1/chat/completions`, `/v1/responses` and `/v1/messages`.
        case conversation(ClientAPI)
        /// `POST /v1/messages/count_tokens`.
        case tokenCount
        /// `POST /v1/embeddings`.
        case embeddings

        /// In whose form an error comes.
        var api: ClientAPI {
            switch self {
            case .conversation(let api): api
            case .tokenCount: .messages
            case .embeddings: .chat
            }
        }
    }

    let pipeline: Pipeline
    let question: Question

    func respond(to request: HTTPRequest, over writer: ResponseWriter) async {
        let exchange = Exchange(recorder: pipeline.recorder, client: writer.client, api: question.api)
        let reply = await reply(to: request, exchange: exchange)
        do throws(ResponseWriter.ClientGone) {
            try await write(reply, to: request, over: writer)
            exchange.finish(isClientGone: false)
        } catch {
            exchange.finish(isClientGone: true)
        }
    }

    private func reply(to request: HTTPRequest, exchange: Exchange) async -> Reply {
        do throws(GatewayError) {
            if let refusal = request.refusal { throw refusal }
            let headers = CallerHeaders(request.head.headers)
            let scope = try pipeline.directory.identify(headers)
            switch question {
            case .conversation:
                return await pipeline.respond(to: request.body, headers: headers, scope: scope, exchange: exchange)
            case .tokenCount:
                return await pipeline.count(request.body, headers: headers, scope: scope, exchange: exchange)
            case .embeddings:
                return await pipeline.embed(request.body, headers: headers, scope: scope, exchange: exchange)
            }
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    private func write(
        _ reply: Reply, to request: HTTPRequest, over writer: ResponseWriter
    ) async throws(ResponseWriter.ClientGone) {
        let head = ResponseHead(reply)
        switch reply.body {
        case .json(let json): try writer.send(head, body: json, to: request)
        case .frames(let frames):
            var body = ByteBufferAllocator().buffer(capacity: frames.reduce(0) { $0 + $1.readableBytes })
            for frame in frames { body.writeImmutableBuffer(frame) }
            try writer.send(head, body: body, to: request)
        case .stream(let tee): try await write(tee, head: head, to: request, over: writer)
        }
    }

    private func write(
        _ tee: ReplyTee, head: ResponseHead, to request: HTTPRequest, over writer: ResponseWriter
    ) async throws(ResponseWriter.ClientGone) {
        let framing = writer.begin(head, for: request)
        do throws(ResponseWriter.ClientGone) {
            while let frame = await tee.next() { try await writer.write(frame, framing: framing) }
        } catch {
            tee.abandon()
            try writer.end(framing: framing)
            throw error
        }
        try writer.end(framing: framing)
    }
}

extension ResponseHead {
    /// The head of a reply: what it is, and what the record says of where it came from.
    init(_ reply: Reply) {
        self.init(status: reply.status)
        switch reply.body {
        case .json: add("content-type", "application/json")
        case .frames, .stream:
            add("content-type", "text/event-stream; charset=utf-8")
            add("cache-control", "no-cache")
        }
        // Where SDKs look for what to tell support.
        let identifier = reply.exchange.api == .messages ? "request-id" : "x-request-id"
        let record = reply.exchange.record
        add(identifier, record.requestID.description)
        ResponseHeaders.each(of: record) { add($0, $1) }
        if reply.status == 405 { add("allow", "POST") }
        if let retryAfter = reply.retryAfter { add(retryAfter: retryAfter) }
        // All that may be tried was tried already: clients that try again at once multiply the load on what is
        // failing. And money does not come back by asking.
        let code = record.errorCode
        if reply.status >= 500 && code != .overloaded || code == .budgetExhausted { add("x-should-retry", "false") }
    }

    /// When to come again, in seconds for everybody (RFC 9110, section 10.2.3) and in milliseconds for the SDKs that
    /// look there first.
    mutating func add(retryAfter: Duration) {
        add("retry-after", String(Swift.max(1, Int((retryAfter / .seconds(1)).rounded(.up)))))
        add("retry-after-ms", String(Swift.max(1, Int(retryAfter / .milliseconds(1)))))
    }
}

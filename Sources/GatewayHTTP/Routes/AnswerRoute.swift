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
            await exchange.finish(isClientGone: false)
        } catch {
            await exchange.finish(isClientGone: true)
        }
    }

    private func reply(to request: HTTPRequest, exchange: Exchange) async -> Reply {
        do throws(GatewayError) {
            if let refusal = request.refusal { throw refusal }
            let headers = CallerHeaders(request.head.headers, userHeader: pipeline.userHeader)
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
        // Whoever has read the answer may ask any replica again: the store is told first.
        let isBehind = reply.exchange.isKeeping
        switch reply.body {
        case .json(let json): try writer.send(head, body: json, to: request, isBehind: isBehind)
        case .frames(let frames):
            var body = ByteBufferAllocator().buffer(capacity: frames.reduce(0) { $0 + $1.readableBytes })
            for frame in frames { body.writeImmutableBuffer(frame) }
            try writer.send(head, body: body, to: request, isBehind: isBehind)
        case .stream(let stream):
            try await write(stream, of: reply.exchange, head: head, to: request, over: writer)
        }
    }

    private func write(
        _ stream: any ReplyStream, of exchange: Exchange, head: ResponseHead, to request: HTTPRequest,
        over writer: ResponseWriter
    ) async throws(ResponseWriter.ClientGone) {
        let framing = writer.begin(head, for: request)
        do throws(ResponseWriter.ClientGone) {
            while let frame = await stream.next() { try await writer.write(frame, framing: framing) }
        } catch {
            await stream.abandon()
            try writer.end(framing: framing)
            throw error
        }
        try writer.end(framing: framing, isBehind: exchange.isKeeping)
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
        if Self.isFinal(record, status: reply.status) { add("x-should-retry", "false") }
    }

    /// Whether all that may be tried was tried already: clients that try again of themselves multiply the load on what
    /// is failing, or has no room. A refusal by the caller's own limits, for which no target was called, costs nothing
    /// to repeat when it says; but money does not come back by asking.
    private static func isFinal(_ record: ExchangeRecord, status: Int) -> Bool {
        switch record.errorCode {
        case .overloaded, .storeUnavailable: false
        case .budgetExhausted: true
        case .rateLimited: !record.attempts.isEmpty
        default: status >= 500
        }
    }

    /// When to come again, in seconds for everybody (RFC 9110, section 10.2.3) and in milliseconds for the SDKs that
    /// look there first.
    mutating func add(retryAfter: Duration) {
        add("retry-after", String(Swift.max(1, Int((retryAfter / .seconds(1)).rounded(.up)))))
        add("retry-after-ms", String(Swift.max(1, Int(retryAfter / .milliseconds(1)))))
    }
}

import GatewayCore
import NIOCore
import NIOHTTP1
import Pipeline
import Policy
import ProviderAPIs

/// Leads each request to what answers it. Who asks is settled before a body is read.
struct GatewayRoutes: HTTPResponder {
    let services: GatewayServices
    let bodyLimit: Int

    func admit(_ head: HTTPRequestHead) -> Admission {
        let route = route(of: head)
        if route == .unknown {
            return .refuse(
                GatewayError(.notFound, "there is no \(head.method.rawValue) \(head.path) here"))
        }
        guard route.methods.contains(head.method) else {
            return .refuse(
                GatewayError(
                    .methodNotAllowed, "\(head.path) takes \(route.allowed), found \(head.method.rawValue)"))
        }
        do throws(GatewayError) {
            if case .admin = route { try services.admin?.door.admit(CallerHeaders(head.headers)) }
            if route.needsKey { _ = try services.pipeline.directory.identify(CallerHeaders(head.headers)) }
        } catch {
            return .refuse(error)
        }
        return .read(bodyLimit: bodyLimit)
    }

    func respond(to request: HTTPRequest, over writer: ResponseWriter) async {
        let route = route(of: request.head)
        if let question = route.question {
            return await AnswerRoute(pipeline: services.pipeline, question: question)
                .respond(to: request, over: writer)
        }
        let api = request.head.modelsAPI(for: route)
        let answer: Answer
        if let refusal = request.refusal {
            answer = Answer(refusing: refusal, api: api)
        } else if case .explain = route {
            answer = await explanation(of: request)
        } else if case .feedback = route {
            answer = await receipt(for: request)
        } else if let stored = route.storedResponse {
            answer = await self.answer(to: request, of: stored)
        } else if case .admin(let question) = route, let desk = services.admin {
            answer = await question.answer(to: request, desk: desk)
        } else {
            answer = self.answer(to: route, api: api)
        }
        var head = ResponseHead(status: answer.status)
        head.add("content-type", answer.contentType)
        if let wait = answer.retryAfter { head.add(retryAfter: wait) }
        if let cursor = answer.nextCursor { head.add("x-refrain-next-cursor", PercentEncoding.encode(cursor)) }
        if answer.status == 405 { head.add("allow", route.allowed) }
        try? writer.send(head, body: answer.body, to: request)
    }

    /// `POST /v1/explain`: what a request for an answer would come to, without sending it anywhere.
    private func explanation(of request: HTTPRequest) async -> Answer {
        do throws(GatewayError) {
            let headers = CallerHeaders(
                request.head.headers, userHeader: services.pipeline.userHeader)
            let scope = try services.pipeline.directory.identify(headers)
            let explanation = try await services.pipeline.explain(request.body, headers: headers, scope: scope)
            return Answer(json: explanation.json)
        } catch {
            return Answer(refusing: error)
        }
    }

    /// `POST /v1/feedback`: a judgment of an answer, by who asked for it.
    private func receipt(for request: HTTPRequest) async -> Answer {
        do throws(GatewayError) {
            let scope = try services.pipeline.directory.identify(CallerHeaders(request.head.headers))
            return Answer(json: try await services.pipeline.judge(request.body, scope: scope))
        } catch {
            return Answer(refusing: error)
        }
    }

    /// What is asked of a response that was kept.
    private func answer(to request: HTTPRequest, of response: Route.StoredResponse) async -> Answer {
        do throws(GatewayError) {
            let headers = CallerHeaders(request.head.headers)
            let directory = services.pipeline.directory
            let (scope, key) = (try directory.identify(headers), directory.key(of: headers))
            let question = try response.question(request.head)
            return Answer(
                json: try await services.pipeline.response(response.id, asked: question, scope: scope, key: key))
        } catch {
            return Answer(refusing: error)
        }
    }

    /// - Parameter api: how the client speaks, where that is not said by the path.
    private func answer(to route: Route, api: ClientAPI) -> Answer {
        switch route {
        case .models:
            let models = services.pipeline.models
            return Answer(
                json: api == .messages ? AnthropicModels.list(models) : OpenAIModels.list(models, created: 0))
        case .model(let name):
            guard services.pipeline.models.contains(name) else {
                return Answer(
                    refusing: GatewayError(
                        .modelNotFound, "no route is configured for the model '\(name)'", parameter: "model"),
                    api: api)
            }
            return Answer(
                json: api == .messages ? AnthropicModels.model(name) : OpenAIModels.model(name, created: 0))
        case .livez: return Answer(contentType: "text/plain; charset=utf-8", body: ByteBuffer(string: "ok\n"))
        case .readyz: return services.health.readiness
        case .metrics: return Answer(contentType: "text/plain; version=0.0.4; charset=utf-8", body: services.metrics())
        case .answer, .tokenCount, .embeddings, .response, .inputItems, .explain, .feedback, .admin, .unknown:
            return Answer(refusing: GatewayError(.notFound, "there is nothing here"))
        }
    }

    var bodyTooLarge: GatewayError { GatewayError(.bodyTooLarge, "the body must be at most \(bodyLimit) bytes") }

    private func route(of head: HTTPRequestHead) -> Route {
        let route = Route(path: head.path)
        if case .admin = route, services.admin == nil { return .unknown }
        return route
    }
}

/// A whole answer that needs no exchange.
struct Answer {
    var status = 200
    var contentType = "application/json"
    var body: ByteBuffer
    var retryAfter: Duration?
    /// Where the next page begins, for what has pages and is not JSON.
    var nextCursor: String?

    init(contentType: String, body: ByteBuffer) {
        self.contentType = contentType
        self.body = body
    }

    init(status: Int = 200, json: ByteBuffer) {
        self.status = status
        body = json
    }

    /// An error as the client reads it.
    init(refusing error: GatewayError, api: ClientAPI = .chat) {
        let dialect = ClientDialects.dialect(of: api)
        self.init(status: dialect.status(of: error), json: dialect.body(of: error))
        retryAfter = error.retryAfter
    }
}

extension HTTPRequestHead {
    /// How the client of a list of models speaks: Anthropic's send their API's version.
    fileprivate func modelsAPI(for route: Route) -> ClientAPI {
        switch route {
        case .models, .model: headers.contains(name: "anthropic-version") ? .messages : .chat
        default: .chat
        }
    }
}

extension Route {
    /// What goes through the pipeline; nil for all else.
    fileprivate var question: AnswerRoute.Question? {
        switch self {
        case .answer(let api): .conversation(api)
        case .tokenCount: .tokenCount
        case .embeddings: .embeddings
        default: nil
        }
    }

    fileprivate var needsKey: Bool {
        switch self {
        case .answer, .tokenCount, .embeddings, .response, .inputItems, .explain, .feedback, .models, .model: true
        case .livez, .readyz, .metrics, .admin, .unknown: false
        }
    }
}

import GatewayCore
import HTTPTypes
import Hummingbird
import ProviderAPIs

/// Gives every error that is not the pipeline's own (no such path, wrong method, a route's refusal) the shape OpenAI's
/// clients understand.
struct ErrorReplies: RouterMiddleware {
    /// What each path takes. All take one method.
    let methods: [String: HTTPRequest.Method]

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as GatewayError {
            return Self.response(error)
        } catch let error as HTTPError {
            if error.status == .notFound, let method = methodTaken(by: request.uri.path), method != request.method {
                let refusal = GatewayError(
                    .methodNotAllowed, "\(request.uri.path) takes \(method.rawValue), found \(request.method.rawValue)")
                return Self.response(refusal, headers: [.allow: method.rawValue])
            }
            return Self.response(Self.gatewayError(error, request))
        }
    }

    /// The router itself does not tell a path it does not know from a method the path does not take.
    private func methodTaken(by path: String) -> HTTPRequest.Method? {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        if let method = methods[path] { return method }
        return path.hasPrefix("/v1/models/") ? .get : nil
    }

    private static func gatewayError(_ error: HTTPError, _ request: Request) -> GatewayError {
        switch error.status.code {
        case 404: GatewayError(.notFound, "there is no \(request.method.rawValue) \(request.uri.path) here")
        case 413: GatewayError(.bodyTooLarge, "the body is too large")
        case 400..<500: GatewayError(.invalidRequest, "the request cannot be understood")
        default: GatewayError(.internalFault, "something went wrong here")
        }
    }

    private static func response(_ error: GatewayError, headers: HTTPFields = [:]) -> Response {
        let body = OpenAIErrorBody.json(error)
        return Response(
            status: .init(code: error.status), headers: [.contentType: "application/json"] + headers,
            body: ResponseBody(byteBuffer: body))
    }
}

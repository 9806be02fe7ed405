import GatewayCore
import HTTPTypes
import Hummingbird
import ProviderAPIs

/// Gives every error that is not the pipeline's own (no such path, wrong method, a route's refusal) the shape OpenAI's
/// clients understand.
struct ErrorReplies: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as GatewayError {
            return Self.response(error)
        } catch let error as HTTPError {
            return Self.response(Self.gatewayError(error, request))
        }
    }

    private static func gatewayError(_ error: HTTPError, _ request: Request) -> GatewayError {
        switch error.status.code {
        case 404: GatewayError(.notFound, "there is no \(request.method.rawValue) \(request.uri.path) here")
        case 405: GatewayError(.methodNotAllowed, "\(request.uri.path) does not take \(request.method.rawValue)")
        case 413: GatewayError(.bodyTooLarge, "the body is too large")
        case 400..<500: GatewayError(.invalidRequest, "the request cannot be understood")
        default: GatewayError(.internalFault, "something went wrong here")
        }
    }

    private static func response(_ error: GatewayError) -> Response {
        let body = OpenAIErrorBody.json(error)
        return Response(
            status: .init(code: error.status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: body))
    }
}

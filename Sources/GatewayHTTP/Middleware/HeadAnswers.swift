import Hummingbird

/// Keeps the body off every answer to HEAD, refusals included: what stood behind such a head would be read as the
/// beginning of the connection's next answer (RFC 9112, section 6.3).
struct HeadAnswers: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}

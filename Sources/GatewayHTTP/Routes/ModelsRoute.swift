import GatewayCore
import Hummingbird
import Policy
import ProviderAPIs

/// `GET /v1/models` and `GET /v1/models/{id}`: the names clients may ask for.
struct ModelsRoute {
    let directory: TenantDirectory
    let models: [String]

    func add(to router: Hummingbird.Router<GatewayRequestContext>) {
        router.get("/v1/models") { request, _ in
            _ = try directory.identify(CallerHeaders(request.headers))
            return json(OpenAIModels.list(models, created: 0))
        }
        router.get("/v1/models/**") { request, context in
            _ = try directory.identify(CallerHeaders(request.headers))
            let name = PercentEncoding.decode(context.parameters.getCatchAll().joined(separator: "/"))
            guard models.contains(name) else {
                throw GatewayError(.modelNotFound, "no route is configured for the model '\(name)'", parameter: "model")
            }
            return json(OpenAIModels.model(name, created: 0))
        }
    }

    private func json(_ body: ByteBuffer) -> Response {
        Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
    }
}

import GatewayCore
import Hummingbird
import NIOCore

/// What the process knows of its own state.
package protocol GatewayHealth: Sendable {
    /// Whether requests should be sent here: false from SIGTERM on.
    var isReady: Bool { get }
    /// Whether Redis answers. Without it requests are still served, by providers.
    var isStoreUp: Bool { get }
    /// Whether the mirror holds all that is stored.
    var isMirrorComplete: Bool { get }
    var mirroredEntries: Int { get }
    /// Why similar questions are not looked for, if they are not.
    var encoderProblem: String? { get }
}

/// `GET /livez`: the process answers. `GET /readyz`: it should get requests; the body tells what is degraded.
struct HealthRoutes {
    let health: any GatewayHealth

    func add(to router: Hummingbird.Router<GatewayRequestContext>) {
        router.get("/livez") { _, _ in "ok\n" }
        router.get("/readyz") { _, _ in readiness() }
    }

    private func readiness() -> Response {
        var body = ByteBuffer()
        body.writeString("{\"ready\":\(health.isReady),\"redis\":\(health.isStoreUp),")
        body.writeString("\"mirror_complete\":\(health.isMirrorComplete),")
        body.writeString("\"mirror_entries\":\(health.mirroredEntries),\"encoder\":")
        body.writeJSONString(health.encoderProblem ?? "ok")
        body.writeString("}\n")
        return Response(
            status: health.isReady ? .ok : .serviceUnavailable, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: body))
    }
}

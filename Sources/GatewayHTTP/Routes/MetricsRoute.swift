import Hummingbird
import NIOCore

/// `GET /metrics`, for Prometheus.
struct MetricsRoute {
    let render: @Sendable () -> ByteBuffer

    func add(to router: Hummingbird.Router<GatewayRequestContext>) {
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: render()))
        }
    }
}

import LoadGenerator
import NIOCore

/// One thing to measure: whom to ask, what, and what the answer must say to count.
struct GatewayLeg: Sendable {
    enum Server: Sendable {
        case mock, nginx, refrain
    }

    let name: String
    let server: Server
    let target: LoadTarget
    /// The value of `x-refrain-cache` every answer must carry; a leg that measures something else is void.
    var outcome: String?
    var isStream = false
    var concurrencies = [1, 16]
    let makeRequest: @Sendable () -> ByteBuffer

    func plan(concurrency: Int, for duration: Duration) -> LoadPlan {
        LoadPlan(
            .closed(connections: concurrency), for: duration,
            expecting: outcome.map { (name: "x-refrain-cache", value: $0) })
    }
}

import LoadGenerator
import NIOCore

/// One thing to measure: whom to ask, what, and what the answer must say to count.
struct GatewayLeg: Sendable {
    let name: LegName
    let server: ServerName
    let target: LoadTarget
    /// A header every answer must carry with this value: a leg that measures something else is void.
    var expectation: (name: String, value: String)?
    var kinds: [WindowKind] = [.single, .ceiling, .half]
    /// Requests to send once before everything, so that hits find something. Their outcome does not count.
    var priming = 0
    /// Numbered on through all windows.
    let makeRequest: @Sendable () -> ByteBuffer
}

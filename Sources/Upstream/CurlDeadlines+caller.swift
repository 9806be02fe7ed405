import CurlClient
import GatewayCore

extension CurlDeadlines {
    /// The target's own, none of them beyond the time that the caller has left.
    init(_ deadlines: CallDeadlines, until deadline: ContinuousClock.Instant?) {
        let rest = deadline.map { max(ContinuousClock.now.duration(to: $0), .zero) }
        self.init(
            connect: deadlines.connect, firstByte: deadlines.firstByte, idle: deadlines.idle,
            total: rest.map { min($0, deadlines.total) } ?? deadlines.total)
    }
}

package import GatewayCore
import NIOConcurrencyHelpers

/// A clock that stands still until a test moves it.
package final class SettableClock: Sendable {
    private let time: NIOLockedValueBox<UnixTime>

    package init(_ start: UnixTime = .now()) { time = NIOLockedValueBox(start) }

    package var now: UnixTime { time.withLockedValue { $0 } }

    package func advance(by duration: Duration) { time.withLockedValue { $0 = $0 + duration } }
}

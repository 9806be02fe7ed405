import GatewayCore
import NIOCore
import ProviderAPIs
import SemanticCache

/// A part of a stream as those get it who share its call: what the provider said, since each follower's client may
/// speak another dialect.
enum SharedPiece: FlightPiece {
    /// Comes first: whose events follow.
    case opened(Target)
    case event(ServerSentEvent)

    /// Keeps a copy: an event may be a view into much more.
    init(_ event: ServerSentEvent) {
        var data = ByteBufferAllocator().buffer(capacity: event.data.readableBytes)
        data.writeImmutableBuffer(event.data)
        self = .event(ServerSentEvent(name: event.name, data: data))
    }

    /// By estimate.
    var bytes: Int {
        switch self {
        case .opened: 64
        case .event(let event): 64 + event.data.storageCapacity
        }
    }
}

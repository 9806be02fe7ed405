import RedisClient
import Routing

extension RoutingStoreError {
    init(_ error: RedisError) {
        self.init(error.isOfContents ? .malformed : .unavailable, "\(error)")
    }
}

extension RedisError {
    /// Whether Redis answered, but what is stored there is not what it should be.
    var isOfContents: Bool { code == .unexpectedReply || serverPrefix == "WRONGTYPE" }
}

import GatewayCore
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
    /// Whether similar questions are looked for. What is wrong with the encoder stands in the log: it names files.
    var encoder: EncoderHealth { get }
}

/// What `/readyz` tells of the encoder.
package enum EncoderHealth: String, Sendable {
    case ok
    /// Not wanted by the configuration.
    case off
    case failed
    /// Its vectors could not yet be compared with those it made when it was first met.
    case unchecked
    /// They are others.
    case mismatched
}

extension GatewayHealth {
    /// `GET /readyz`: the status is for load balancers, the body tells what is degraded.
    var readiness: Answer {
        var body = ByteBuffer()
        body.writeString("{\"ready\":\(isReady),\"redis\":\(isStoreUp),")
        body.writeString("\"mirror_complete\":\(isMirrorComplete),\"mirror_entries\":\(mirroredEntries),")
        body.writeString("\"encoder\":\"\(encoder.rawValue)\"}\n")
        return Answer(status: isReady ? 200 : 503, json: body)
    }
}

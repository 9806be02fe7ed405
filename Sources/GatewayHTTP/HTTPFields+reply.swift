import GatewayCore
import HTTPTypes
import Pipeline
import Telemetry

extension HTTPFields {
    /// The header fields of a reply: what it is, and what the record says of where it came from.
    init(_ reply: Reply) {
        self.init()
        switch reply.body {
        case .json:
            self[.contentType] = "application/json"
        case .frames, .stream:
            self[.contentType] = "text/event-stream; charset=utf-8"
            self[.cacheControl] = "no-cache"
        }
        for (name, value) in ResponseHeaders.headers(for: reply.exchange.record) {
            if let name = HTTPField.Name(name) { self[name] = value }
        }
        if let retryAfter = reply.retryAfter {
            self[.retryAfter] = String(Swift.max(1, Int((retryAfter / .seconds(1)).rounded(.up))))
            self[.retryAfterMilliseconds] = String(Swift.max(1, Int(retryAfter / .milliseconds(1))))
        }
        // All targets were tried already: clients that try again at once multiply the load on what is failing.
        if reply.status >= 500 { self[.shouldRetry] = "false" }
    }
}

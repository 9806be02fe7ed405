import GatewayCore
import NIOHTTP1

/// What a head says of its connection and its body (RFC 9110 and 9112).
extension HTTPRequestHead {
    /// Whether no request can follow on the connection: the client says so; it speaks HTTP/1.0, whose clients wait for
    /// the end; or it asks for another protocol, behind which the decoder reads no more.
    var endsConnection: Bool {
        !isKeepAlive || version == .http1_0 || method == .CONNECT || headers.contains(name: "upgrade")
    }

    /// Whether the body is held back until it is asked for. Clients of HTTP/1.0 cannot mean it.
    var expectsContinue: Bool {
        version != .http1_0 && headers.first(name: "expect")?.lowercased() == "100-continue"
    }

    /// The length of the body, when it is declared.
    var declaredLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }

    /// HTTP/1.1 demands the field, once: servers that disagree on it can be played against one another.
    var isHostGiven: Bool { version == .http1_0 || headers.count(of: "host") == 1 }

    static let hostMissing = GatewayError(.invalidRequest, "expected the header 'Host' once")

    /// The path of the target, without its query and, where it is given, without scheme and authority.
    var path: Substring {
        var path = uri[...]
        if let scheme = path.firstRange(of: "://"), !path.hasPrefix("/") {
            let rest = path[scheme.upperBound...]
            path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        return path.utf8.firstIndex(of: UInt8(ascii: "?")).map { path[..<$0] } ?? path
    }
}

extension HTTPHeaders {
    /// - Parameter name: in lower case.
    fileprivate func count(of name: String) -> Int {
        reduce(0) { $0 + ($1.name.utf8.count == name.utf8.count && $1.name.lowercased() == name ? 1 : 0) }
    }
}

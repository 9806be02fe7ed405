/// Where the server listens.
package enum RedisAddress: Sendable, Equatable, CustomStringConvertible {
    case host(String, port: Int)
    case unixSocket(path: String)

    package var description: String {
        switch self {
        case .host(let name, let port): name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
        case .unixSocket(let path): path
        }
    }
}

/// Everything that listens in the benchmark.
enum ServerName: String, Codable, Sendable, CaseIterable {
    /// The provider: at once, at 5 ms a token, and after 100 ms.
    case mock, paced, slow
    /// Peers, of Debian's packages; their configurations are in config/bench.
    case nginx, haproxy
    case nginxCache = "nginx-cache"
    case nginxLua = "nginx-lua"
    case redis
    /// Ours, a process for each configuration.
    case passing, keyed, exact, hot, full, semantic, remembering, wide, soak
}

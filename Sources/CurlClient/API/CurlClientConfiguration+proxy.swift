#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension CurlClientConfiguration {
    /// Whether the socket of an exchange leads to the URL's own host and not to a proxy. Where the environment names a
    /// proxy, what it excepts from it is its word, too, and counts as not direct.
    func connectsDirectly(to url: String) -> Bool {
        switch proxy {
        case .none: true
        case .url: false
        case .environment: !Self.namesProxy(isSecure: url.lowercased().hasPrefix("https:"))
        }
    }

    /// The variables libcurl reads; plain `HTTP_PROXY` is none of them, as a CGI client could set it.
    private static func namesProxy(isSecure: Bool) -> Bool {
        let names = (isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]) + ["all_proxy", "ALL_PROXY"]
        return names.contains { name in
            guard let value = getenv(name) else { return false }
            return value.pointee != 0
        }
    }
}

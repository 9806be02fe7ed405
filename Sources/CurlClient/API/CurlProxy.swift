/// Through what connections are made.
package enum CurlProxy: Sendable, Equatable {
    /// Straight to the host, whatever the environment says.
    case none
    /// As `http_proxy`, `https_proxy` and `no_proxy` say.
    case environment
    /// Through this proxy: `http://`, `https://` or `socks5h://`.
    case url(String)
}

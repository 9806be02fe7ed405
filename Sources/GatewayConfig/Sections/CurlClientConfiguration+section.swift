import CurlClient

extension CurlClientConfiguration {
    /// Reads the part of `upstream` that says how providers are reached.
    mutating func read(_ section: ConfigSection) {
        section.read("connections", .integer(1...65_536), into: &maximumConnections)
        section.read("connections_per_host", .integer(1...65_536), into: &maximumConnectionsPerHost)
        section.read("exchange_limit", .integer(1...1_000_000), into: &maximumExchanges)
        section.read("keep_alive", .duration(.seconds(1) ... .seconds(3600)), into: &keepAlive)
        section.read("head_limit", .bytes(1024...1 << 20), into: &maximumHeadBytes)
        section.read("http2", .bool, into: &isHTTP2Enabled)
        section.read("proxy", .proxy(section.reader.secrets), into: &proxy)
        certificateAuthorityFile = section.optional("ca_file", .text("a file of certificates"))
        if maximumConnectionsPerHost > maximumConnections {
            section.refuse(
                "connections_per_host", "expected at most upstream.connections (\(maximumConnections)), found more")
        }
    }
}

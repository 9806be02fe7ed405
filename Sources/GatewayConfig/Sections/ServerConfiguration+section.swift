import GatewayHTTP

extension ServerConfiguration {
    /// Reads `server`.
    mutating func read(_ section: ConfigSection) {
        section.read("host", .word("a host name or address"), into: &host)
        section.read("port", .integer(0...65_535), into: &port)
        section.read("threads", .integer(0...256), into: &threads)
        section.read("body_limit", .bytes(1024...1 << 30), into: &bodyBytesLimit)
        section.read("idle_timeout", .duration(.seconds(1) ... .seconds(86_400)), into: &idleTimeout)
        section.read("body_timeout", .duration(.milliseconds(100) ... .seconds(3600)), into: &bodyTimeout)
        section.read("drain_delay", .duration(.zero ... .seconds(600)), into: &drainDelay)
        section.read("drain", .duration(.zero ... .seconds(3600)), into: &drain)
    }
}

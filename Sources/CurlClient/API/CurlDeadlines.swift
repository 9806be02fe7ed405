/// How long the parts of an exchange may take. Nil means no limit, but for `connect`, where libcurl keeps 300 s.
package struct CurlDeadlines: Sendable, Equatable {
    /// From the first attempt to a usable connection: name lookup, TCP and TLS. Waiting for one of the allowed
    /// connections to become free does not count.
    package var connect: Duration?
    /// From `execute` to the end of the response head.
    package var firstByte: Duration?
    /// From the head, or from one piece of the body, to the next. Stands still while the reader holds back.
    package var idle: Duration?
    /// From `execute` to the last byte of the body, the reader's own delays included.
    package var total: Duration?

    package init(
        connect: Duration? = .seconds(5), firstByte: Duration? = nil, idle: Duration? = nil, total: Duration? = nil
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
    }
}

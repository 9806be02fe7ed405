/// The server under load.
package struct LoadTarget: Sendable, Equatable {
    package let host: String
    package let port: Int

    package init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }
}

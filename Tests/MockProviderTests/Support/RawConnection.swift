import GatewayTesting

/// A TCP connection that sends what it is told and keeps what comes, so that a test sees every byte.
final class RawConnection {
    /// Everything received so far.
    private(set) var received: [UInt8] = []

    private let bytes: ByteConnection

    private init(_ bytes: ByteConnection) { self.bytes = bytes }

    static func open(port: Int) async throws -> RawConnection {
        RawConnection(try await ByteConnection.open(port: port))
    }

    func send(_ text: String) async throws { try await bytes.send(Array(text.utf8)) }

    func close() async throws { try await bytes.close() }

    /// Reads until the server closes; answers all that was received.
    func readToEnd() async -> RawResponse {
        while await readMore() {}
        return RawResponse(received)
    }

    /// Reads until `isEnough` says so; false if the server closed before.
    func read(until isEnough: (RawResponse) -> Bool) async -> Bool {
        while !isEnough(RawResponse(received)) {
            guard await readMore() else { return false }
        }
        return true
    }

    private func readMore() async -> Bool {
        guard let next = await bytes.next() else { return false }
        received += next
        return true
    }
}

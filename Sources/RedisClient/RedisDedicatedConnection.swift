import NIOCore

/// A connection of its owner's own, for commands that block on the server's side. It never reconnects.
///
/// Dropping the last reference closes it.
package final class RedisDedicatedConnection: Sendable {
    private let connection: RedisConnection

    init(_ connection: RedisConnection) {
        self.connection = connection
    }

    deinit {
        connection.closeSoon(.shutDown)
    }

    /// Whether the connection still stands, as far as this side knows.
    package var isOpen: Bool { connection.isOpen }

    /// Sends one command and returns its reply, never an `.error`: those are thrown as `.server`.
    ///
    /// - Parameter timeout: must be longer than the command's own blocking time; nil for no limit.
    package func send(_ command: RedisCommand, timeout: Duration?) async throws(RedisError) -> RedisReply {
        try await perform(.command(command), timeout).checked()
    }

    /// Sends the commands as one pipeline and returns a reply for each in order, `.error` among them.
    package func send(_ commands: [RedisCommand], timeout: Duration?) async throws(RedisError) -> [RedisReply] {
        if commands.isEmpty { return [] }
        return try await perform(.pipeline(commands), timeout).expectArray()
    }

    private func perform(_ content: RedisCall.Content, _ timeout: Duration?) async throws(RedisError) -> RedisReply {
        let deadline = timeout.map { NIODeadline.now() + TimeAmount($0) } ?? .distantFuture
        let call = RedisCall(content, deadline: deadline)
        let outcome = await call.outcome { call in
            if let error = connection.submit(call) { call.settle(.failure(error)) }
        }
        return try outcome.get()
    }

    /// Closes the connection; a command that waits fails with `.shutDown`. Returns when the socket is closed.
    package func close() async {
        await connection.close(.shutDown)
    }
}

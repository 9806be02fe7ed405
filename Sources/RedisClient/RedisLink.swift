import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

/// One of the client's places for a connection: connects on first use and again, for ever, after each loss.
final class RedisLink: Sendable {
    let eventLoop: any EventLoop
    private let configuration: RedisClientConfiguration
    private let tls: NIOSSLContext?
    private let logger: Logger
    /// Called on the event loop, nil for connected, the reason for not.
    private let onChange: @Sendable (RedisError?) -> Void
    private let machine: NIOLockedValueBox<StateMachine<RedisConnection, RedisCall>>

    init(
        configuration: RedisClientConfiguration, tls: NIOSSLContext?, eventLoop: any EventLoop, logger: Logger,
        onChange: @escaping @Sendable (RedisError?) -> Void
    ) {
        self.configuration = configuration
        self.tls = tls
        self.eventLoop = eventLoop
        self.logger = logger
        self.onChange = onChange
        self.machine = NIOLockedValueBox(StateMachine(limit: configuration.maximumQueuedCommands))
    }

    var isConnected: Bool { machine.withLockedValue { $0.isConnected } }

    func start() {
        if machine.withLockedValue({ $0.start() }) { connect() }
    }

    /// Takes `call` unless `queueLimit` commands wait already. Returns the reason if it was refused; it is then not
    /// settled and was not sent.
    func submit(_ call: RedisCall, queueLimit: Int) -> RedisError? {
        switch machine.withLockedValue({ $0.submit(call) }) {
        case .send(let connection): return connection.submit(call, queueLimit: queueLimit)
        case .keep(let first):
            if first { connect() }
            failLater(call)
            return nil
        case .reject(let error): return error
        }
    }

    /// Closes for good. Callers that wait get `.shutDown`.
    func stop() async {
        let action = machine.withLockedValue { $0.stop() }
        for call in action.calls { call.settle(.failure(.shutDown)) }
        await action.connection?.close(.shutDown)
    }

    private func connect() {
        RedisConnection.connect(configuration, tls: tls, on: eventLoop).whenComplete { result in
            switch result {
            case .success(let connection): self.adopt(connection)
            case .failure(let error): self.fail(RedisError(connecting: error))
            }
        }
    }

    private func adopt(_ connection: RedisConnection) {
        switch machine.withLockedValue({ $0.connected(connection) }) {
        case .close: connection.closeSoon(.shutDown)
        case .adopt(let calls):
            logger.debug("Redis connected", metadata: ["redis.address": "\(configuration.address)"])
            onChange(nil)
            for call in calls {
                if let error = connection.submit(call) { call.settle(.failure(error)) }
            }
            connection.closed.whenSuccess { self.fail($0) }
        }
    }

    private func fail(_ error: RedisError) {
        let action = machine.withLockedValue { $0.failed(error) }
        for call in action.calls { call.settle(.failure(RedisError(.unavailable, error.message))) }
        guard let attempt = action.attempt else { return }
        var generator = SystemRandomNumberGenerator()
        let delay = configuration.backoff.delay(attempt: attempt, using: &generator)
        logger.debug(
            "Redis disconnected",
            metadata: [
                "redis.address": "\(configuration.address)", "redis.reason": "\(error)", "redis.retry_in": "\(delay)",
            ])
        onChange(error)
        eventLoop.scheduleTask(in: TimeAmount(delay)) {
            if self.machine.withLockedValue({ $0.retry() }) { self.connect() }
        }
    }

    /// A call kept for the first connection must not wait longer than its time limit.
    private func failLater(_ call: RedisCall) {
        guard call.deadline < .distantFuture else { return }
        eventLoop.scheduleTask(deadline: call.deadline) {
            call.settle(.failure(RedisError(.unavailable, "the first connection is not there yet")))
        }
    }
}

/// Why a command has no reply, or no usable one.
package struct RedisError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, as a stable low-cardinality value.
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Name: String {
            case unavailable, timeout, cancelled, queueFull, connectionLost, server, authentication, tls
            case protocolViolation, invalidConfiguration, unexpectedReply, shutDown
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// There is no connection now; the command was not sent.
        package static let unavailable = Code(.unavailable)
        /// No reply came within the command's time limit.
        package static let timeout = Code(.timeout)
        /// The calling task was cancelled.
        package static let cancelled = Code(.cancelled)
        /// Too many commands wait for replies; the command was not sent.
        package static let queueFull = Code(.queueFull)
        /// The connection went away after the command was sent and before its reply came.
        package static let connectionLost = Code(.connectionLost)
        /// The server answered with an error; see `serverPrefix`.
        package static let server = Code(.server)
        /// The server refused the user name or password, or wants one and none is configured.
        package static let authentication = Code(.authentication)
        /// TLS could not be set up, or the server's certificate was refused.
        package static let tls = Code(.tls)
        /// The bytes received are not Redis replies.
        package static let protocolViolation = Code(.protocolViolation)
        /// The URL or a setting cannot be used.
        package static let invalidConfiguration = Code(.invalidConfiguration)
        /// The reply has another type than the caller asked for.
        package static let unexpectedReply = Code(.unexpectedReply)
        /// The client or the dedicated connection was closed by its owner.
        package static let shutDown = Code(.shutDown)

        package var description: String { name.rawValue }
    }

    package let code: Code
    /// What was expected, what was found, and where. Never holds a password.
    package let message: String
    /// The first word of the server's error, such as `WRONGTYPE`; nil unless the code is `.server`.
    package let serverPrefix: String?
    /// Whether the server may have run the command. A caller must not repeat a command that is not
    /// idempotent when this is true; the client itself never repeats any.
    package let mayHaveExecuted: Bool

    package init(_ code: Code, _ message: String, serverPrefix: String? = nil, mayHaveExecuted: Bool = false) {
        self.code = code
        self.message = message
        self.serverPrefix = serverPrefix
        self.mayHaveExecuted = mayHaveExecuted
    }

    /// Whether the same command may succeed later without anybody changing anything.
    package var isRetriable: Bool {
        switch code {
        case .unavailable, .timeout, .queueFull, .connectionLost: true
        case .server: Self.passingServerPrefixes.contains(serverPrefix ?? "")
        default: false
        }
    }

    package var description: String { "Redis \(code): \(message)" }

    /// Prefixes that redis-server uses for conditions that pass by themselves.
    private static let passingServerPrefixes: Set<String> = [
        "LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "READONLY", "OOM",
    ]
}

extension RedisError {
    static func server(_ error: RedisServerError) -> RedisError {
        // BUSY and its like are answered before the command runs; a script's own error may come from its middle.
        RedisError(.server, error.message, serverPrefix: error.prefix, mayHaveExecuted: true)
    }

    static let cancelled = RedisError(
        .cancelled, "the calling task was cancelled before the reply came", mayHaveExecuted: true)
    static let shutDown = RedisError(.shutDown, "the client was shut down")
}

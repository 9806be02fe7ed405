/// What is said on a new connection before any caller's command: `AUTH`, `SELECT`, `CLIENT SETNAME`, `PING`, all in
/// one write. Pure: commands out, replies in.
struct RedisHandshake {
    private enum Step {
        case authenticate, select, setName, ping
    }

    /// What the last reply means.
    enum Progress: Equatable {
        case more
        case done
        case failed(RedisError)
    }

    private var steps: [Step] = []
    let commands: [RedisCommand]

    init(_ configuration: RedisClientConfiguration) {
        var commands: [RedisCommand] = []
        if let credentials = configuration.credentials {
            var command = RedisCommand("AUTH")
            if let user = credentials.user { command.append(user) }
            command.append(credentials.password)
            commands.append(command)
            steps.append(.authenticate)
        }
        if configuration.database != 0 {
            commands.append(RedisCommand("SELECT", .integer(configuration.database)))
            steps.append(.select)
        }
        if let name = configuration.clientName {
            commands.append(RedisCommand("CLIENT", "SETNAME", .string(name)))
            steps.append(.setName)
        }
        // A server that still loads its data answers LOADING here, so callers never meet it on a new connection.
        commands.append(RedisCommand("PING"))
        steps.append(.ping)
        self.commands = commands
        steps.reverse()
    }

    mutating func receive(_ reply: RedisReply) -> Progress {
        guard let step = steps.popLast() else { return .done }
        if let error = reply.error, let failure = failure(step, error) { return .failed(failure) }
        return steps.isEmpty ? .done : .more
    }

    private func failure(_ step: Step, _ error: RedisServerError) -> RedisError? {
        switch (step, error.prefix) {
        case (.authenticate, "WRONGPASS"):
            RedisError(.authentication, "the server refused the user name or password (WRONGPASS)")
        case (.authenticate, _):
            // Only the prefix: a server that does not know AUTH repeats its arguments in the message.
            RedisError(.authentication, "the server refused AUTH (\(error.prefix))")
        case (_, "NOAUTH"):
            RedisError(.authentication, "the server wants a password and none is configured (NOAUTH)")
        case (.select, _):
            RedisError(.server, "SELECT was refused: \(error.message)", serverPrefix: error.prefix)
        case (_, "LOADING"):
            RedisError(.unavailable, "the server is still loading its data (LOADING)")
        case (.setName, _), (.ping, _):
            // An ACL user may lack these two; everything else works without them.
            nil
        }
    }
}

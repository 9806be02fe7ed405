import RedisClient

/// Something to tell the fleet, whose answer no request waits for.
struct LimitNotice: Sendable {
    let script: RedisScript
    let keys: [String]
    let arguments: [RedisArgument]
    /// Told when it arrived, or was given up.
    let done: (@Sendable () -> Void)?

    init(script: RedisScript, call: LimitCommands.Call, done: (@Sendable () -> Void)? = nil) {
        self.script = script
        self.done = done
        keys = call.keys
        arguments = call.arguments
    }

    var command: RedisCommand { script.command(keys: keys, arguments: arguments) }
}

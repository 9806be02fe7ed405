import RedisClient

/// Something to tell the fleet, whose answer no request waits for.
struct LimitNotice: Sendable {
    let script: RedisScript
    let keys: [String]
    let arguments: [RedisArgument]
    /// Whether it does no harm when it arrives twice: what belongs to a lease does nothing once that is gone.
    let isRepeatable: Bool
    let born = ContinuousClock.now
    /// Told when it arrived, or was given up.
    let done: (@Sendable () -> Void)?

    init(
        script: RedisScript, call: LimitCommands.Call, isRepeatable: Bool, done: (@Sendable () -> Void)? = nil
    ) {
        self.script = script
        self.isRepeatable = isRepeatable
        self.done = done
        keys = call.keys
        arguments = call.arguments
    }

    var command: RedisCommand { script.command(keys: keys, arguments: arguments) }
}

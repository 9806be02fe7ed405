import RedisClient

/// Something to tell the fleet whose answer nobody waits for.
struct LimitNotice: Sendable {
    let script: RedisScript
    let keys: [String]
    let arguments: [RedisArgument]

    init(script: RedisScript, call: LimitCommands.Call) {
        self.script = script
        keys = call.keys
        arguments = call.arguments
    }

    var command: RedisCommand { script.command(keys: keys, arguments: arguments) }
}

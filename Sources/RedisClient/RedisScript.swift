import Crypto

/// A Lua script and the name by which the server keeps it.
package struct RedisScript: Sendable {
    package let source: String
    /// SHA-1 of the source in lower-case hexadecimal, as `EVALSHA` wants it. A name, not a protection.
    package let sha1: String

    package init(_ source: String) {
        self.source = source
        let digits = Array("0123456789abcdef".utf8)
        var name: [UInt8] = []
        for byte in Insecure.SHA1.hash(data: Array(source.utf8)) {
            name.append(digits[Int(byte >> 4)])
            name.append(digits[Int(byte & 15)])
        }
        self.sha1 = String(decoding: name, as: UTF8.self)
    }

    /// The `EVALSHA` command, for use inside a pipeline; the caller then meets `NOSCRIPT` itself.
    package func command(keys: [String], arguments: [RedisArgument]) -> RedisCommand {
        command("EVALSHA", body: sha1, keys: keys, arguments: arguments)
    }

    /// The `EVAL` command, which also makes the server keep the script.
    func loadingCommand(keys: [String], arguments: [RedisArgument]) -> RedisCommand {
        command("EVAL", body: source, keys: keys, arguments: arguments)
    }

    private func command(
        _ name: StaticString, body: String, keys: [String], arguments: [RedisArgument]
    ) -> RedisCommand {
        var command = RedisCommand(name, capacity: 256)
        command.append(body)
        command.append(keys.count)
        for key in keys { command.append(key) }
        for argument in arguments { command.append(argument) }
        return command
    }
}

/// An error the server answered, such as `WRONGTYPE Operation against a key holding the wrong kind of value`.
package struct RedisServerError: Sendable, Equatable, CustomStringConvertible {
    /// The whole line without the leading `-`.
    package let message: String

    package init(message: String) {
        self.message = message
    }

    /// The first word, which by the protocol's convention names the kind of error.
    package var prefix: String {
        String(message.prefix { $0 != " " })
    }

    package var description: String { message }
}

/// What `AUTH` sends. Prints as `*****`, also inside a dump or an interpolated configuration.
package struct RedisCredentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The ACL user; nil for the server's one password (`requirepass`).
    package var user: String?
    package var password: String

    package init(user: String? = nil, password: String) {
        self.user = user
        self.password = password
    }

    package var description: String { "*****" }
    package var debugDescription: String { "*****" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

package import GatewayCore
import NIOCore
package import ProviderAPIs

extension ProviderFailure {
    /// The same without the keys that the call was made with: a provider may repeat what it was sent, and its words go
    /// to the log and, where the request is at fault, to the client.
    package func hiding(_ keys: KeyRing?) -> ProviderFailure {
        // What was never sent has no words of a provider.
        guard let keys, kind != .unsupported else { return self }
        var message = message
        var body = body
        for key in keys.known.flatMap(Self.shown) where key.utf8.count >= Self.leastLength {
            message = Self.hide(key, in: message)
            // JSON may write a slash behind a backslash.
            for form in [key, key.replacing("/", with: "\\/")] {
                guard let text = body.map({ String(buffer: $0) }), text.contains(form) else { continue }
                body = ByteBuffer(string: text.replacing(form, with: Self.mark))
            }
        }
        return saying(message, body: body)
    }

    /// What a provider may have seen of a key: all of it, or the parts of one that signs, such as a session token.
    private static func shown(_ key: Secret) -> [String] {
        [key.exposed] + key.exposed.split(separator: ":", maxSplits: 2).dropFirst().map(String.init)
    }

    /// Shorter keys stand in every text.
    private static let leastLength = 8
    private static let mark = "•••"

    private static func hide(_ key: String, in message: String) -> String {
        let text = message.replacing(key, with: mark)
        // Messages are cut, perhaps inside the key.
        var part = key.dropLast()
        while part.utf8.count >= leastLength / 2 {
            if text.hasSuffix(part) { return text.dropLast(part.count) + mark }
            part = part.dropLast()
        }
        return text
    }
}

internal import GatewayCore
internal import NIOCore

/// What the gateway itself puts into `encrypted_content` of a reasoning item, so that proofs of other providers come
/// back with the next request of a client that keeps nothing but items.
///
/// A mark with a version, then base64 of a JSON object. It hides nothing and proves nothing: each provider checks its
/// own signature.
enum ReasoningSeal: Equatable {
    /// A thought whose text stands in the item; without a signature where its provider does not sign.
    case thought(signature: String?)
    /// A thought that only its provider can read.
    case redacted(String)
    /// The signature of the call that follows.
    case call(id: String, signature: String)

    private static let mark = "refrain1."

    /// Whether the gateway wrote it, in whatever version.
    static func isOurs(_ text: String) -> Bool { text.hasPrefix("refrain") }

    /// Nil for a text that is not the gateway's, and for one that was changed.
    init?(_ text: String) {
        guard text.hasPrefix(Self.mark), let bytes = Base64.decode(text.dropFirst(Self.mark.count)),
            let root = try? JSONDocument(ByteBuffer(bytes: bytes)).root
        else { return nil }
        switch root["type"]?.string {
        case "thought": self = .thought(signature: root["signature"]?.string)
        case "redacted":
            guard let data = root["data"]?.string else { return nil }
            self = .redacted(data)
        case "call":
            guard let id = root["id"]?.string, let signature = root["signature"]?.string else { return nil }
            self = .call(id: id, signature: signature)
        default: return nil
        }
    }

    var text: String {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            switch self {
            case .thought(let signature):
                json.member("type", "thought")
                json.member("signature", signature)
            case .redacted(let data):
                json.member("type", "redacted")
                json.member("data", data)
            case .call(let id, let signature):
                json.member("type", "call")
                json.member("id", id)
                json.member("signature", signature)
            }
        }
        return Self.mark + Base64.encode(json.bytes.readableBytesView)
    }
}

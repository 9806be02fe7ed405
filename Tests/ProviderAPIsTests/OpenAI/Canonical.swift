import GatewayCore
import NIOCore

/// Compares JSON by meaning: one spelling for all texts of a value.
enum Canonical {
    static func text(_ json: ByteBuffer, omitting: Set<String> = []) throws -> String {
        var canonical = JSONCanonical()
        canonical.append(try JSONDocument(json).root, omitting: omitting)
        return String(decoding: canonical.bytes, as: UTF8.self)
    }

    static func text(_ json: String) throws -> String { try text(ByteBuffer(string: json)) }
}
